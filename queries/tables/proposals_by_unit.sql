-- table: proposals_by_unit
-- title: 承办单位办理提案
-- section: 三、民生福祉/提案信息
-- order: 3257
-- unit: 件
-- column: unit 承办单位 text
-- column: led 主办 integer 件
-- column: joined 会办和分办 integer 件
-- column: replied 已答复 integer 件
-- column: tasks 承办件次 integer 件次
-- column: rate 答复率 ratio replied/tasks
-- key: unit
-- total: led joined replied tasks
-- compare: last
-- chart: bar unit tasks
-- note: 一件提案由几个单位承办的，各计一件次，所以件次之和多于立案件数；答复率是承办件次的答复率，与办复率（按件）不同。
-- records: SELECT proposal_units.*, title
--   FROM proposal_units
--     JOIN session_proposals ON session_proposals.session = proposal_units.session
--       AND session_proposals.proposal_no = proposal_units.proposal_no
--       AND review_result = '立案'
-- counts: tasks

SELECT unit,
  count(*) FILTER (WHERE role = '主办') AS led,
  count(*) FILTER (WHERE role <> '主办') AS joined,
  count(*) FILTER (WHERE replied_on <= cut_off) AS replied,
  count(*) AS tasks
FROM records CROSS JOIN edition
GROUP BY unit
ORDER BY tasks DESC, unit
