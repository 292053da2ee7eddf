-- table: proposals_by_category
-- title: 立案提案按类别
-- section: 三、民生福祉/提案信息
-- order: 3255
-- unit: 件
-- column: category 类别 text
-- column: filed 立案 integer 件
-- column: part 占比 share filed
-- key: category
-- total: filed
-- compare: last
-- chart: column category filed
-- note: 按提案内容的类别。
-- records: SELECT session_proposals.*
--   FROM session_proposals
--   WHERE review_result = '立案'
-- counts: filed

SELECT category, count(*) AS filed
FROM records
GROUP BY category
ORDER BY filed DESC, category
