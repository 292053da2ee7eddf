-- check: replies_agree_with_the_lead_unit
-- title: 答复日期与主办单位一致
-- order: 9012
-- severity: warn
-- expect: 提案的答复日期应等于提案承办中主办单位的答复日期，都有或都没有；请核对两张表
-- note: 办复率按提案的答复日期算，这项检查使它与承办单位的记录对得上。

SELECT proposals.session, proposals.proposal_no, proposals.replied_on, proposal_units.replied_on AS unit_replied_on,
  proposals._file, proposals._sheet, proposals._row
FROM proposals
  JOIN proposal_units ON proposal_units.session = proposals.session
    AND proposal_units.proposal_no = proposals.proposal_no
    AND role = '主办'
WHERE coalesce(proposals.replied_on, DATE '0001-01-01') <> coalesce(proposal_units.replied_on, DATE '0001-01-01')
ORDER BY proposals._file, proposals._sheet, proposals._row, unit
