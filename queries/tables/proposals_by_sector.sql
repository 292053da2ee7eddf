-- table: proposals_by_sector
-- title: 立案提案按界别
-- section: 三、民生福祉/提案信息
-- order: 3253
-- unit: 件
-- column: sector_or_group 界别 text
-- column: filed 立案 integer 件
-- column: part 占比 share filed
-- key: sector_or_group
-- total: filed
-- compare: last
-- chart: bar sector_or_group filed
-- note: 按第一提案人的界别；不属于任何界别的集体提案单列。
-- records: SELECT coalesce(sector, '（集体提案）') AS sector_or_group, session_proposals.*
--   FROM session_proposals
--   WHERE review_result = '立案'
-- counts: filed

SELECT sector_or_group, count(*) AS filed
FROM records
GROUP BY sector_or_group
ORDER BY filed DESC, sector_or_group
