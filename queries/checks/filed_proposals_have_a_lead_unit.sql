-- check: filed_proposals_have_a_lead_unit
-- title: 立案提案有主办单位
-- order: 9003
-- severity: warn
-- expect: 立案提案应有主办或分办单位；请在提案承办里补上

SELECT session, proposal_no, title, _file, _sheet, _row
FROM proposals
WHERE review_result = '立案'
  AND (session, proposal_no) NOT IN (
    SELECT session, proposal_no
    FROM proposal_units
    WHERE role IN ('主办', '分办'))
ORDER BY _file, _sheet, _row
