-- check: merged_proposals_lead_to_a_filed_one
-- title: 并案有主案
-- order: 9002
-- severity: reject
-- expect: 审查结果为并案的，并入案号应是同一届次的立案提案；请补填或改正并入案号

SELECT merged.session, merged.proposal_no, merged.merged_into, merged._file, merged._sheet, merged._row
FROM proposals AS merged
WHERE merged.review_result = '并案'
  AND NOT EXISTS (
    SELECT 1 FROM proposals AS main
    WHERE main.session = merged.session
      AND main.proposal_no = merged.merged_into
      AND main.review_result = '立案')
ORDER BY merged._file, merged._sheet, merged._row
