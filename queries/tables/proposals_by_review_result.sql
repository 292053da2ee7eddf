-- table: proposals_by_review_result
-- title: 提案审查结果
-- section: 三、民生福祉/提案信息
-- order: 3252
-- unit: 件
-- column: result 审查结果 text
-- column: proposals 件数 integer 件
-- column: part 占比 share proposals
-- key: result
-- total: proposals
-- compare: last
-- note: 本届次、全年审查的全部提案：收到＝立案＋并案＋不立案＋转信＋转为社情民意信息＋撤案。
-- records: SELECT review_result AS result, session_proposals.*
--   FROM session_proposals
-- counts: proposals

SELECT result, count(*) AS proposals
FROM records
GROUP BY result
ORDER BY proposals DESC, result
