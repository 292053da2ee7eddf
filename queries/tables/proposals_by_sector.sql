-- table: proposals_by_sector
-- title: 立案提案按界别
-- section: 三、民生福祉/提案信息
-- order: 3253
-- unit: 件
-- column: sector 界别 text
-- column: filed 立案 integer 件
-- column: part 占比 share filed
-- key: sector
-- total: filed
-- compare: last
-- chart: bar sector filed
-- note: 按第一提案人的界别；不属于任何界别的集体提案单列。

SELECT coalesce(sector, '（集体提案）') AS sector, count(*) AS filed
FROM session_proposals
WHERE review_result = '立案'
GROUP BY coalesce(sector, '（集体提案）')
ORDER BY filed DESC, sector
