-- table: proposals_by_proposer_kind
-- title: 立案提案按提案者
-- section: 三、民生福祉/提案信息
-- order: 3254
-- unit: 件
-- column: kind 提案者类型 text
-- column: filed 立案 integer 件
-- column: part 占比 share filed
-- key: kind
-- total: filed
-- compare: last
-- chart: donut kind filed
-- note: 按提出提案的主体。
-- records: SELECT proposer_kind AS kind, session_proposals.*
--   FROM session_proposals
--   WHERE review_result = '立案'
-- counts: filed

SELECT kind, count(*) AS filed
FROM records
GROUP BY kind
ORDER BY filed DESC, kind
