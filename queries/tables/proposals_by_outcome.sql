-- table: proposals_by_outcome
-- title: 提案办理结果
-- section: 三、民生福祉/提案信息
-- order: 3256
-- unit: 件
-- column: result 办理结果 text
-- column: filed 立案 integer 件
-- column: part 占比 share filed
-- key: result
-- total: filed
-- compare: last
-- chart: donut result filed
-- note: 立案提案的办理结果；尚无结果的单列为未登记。
-- records: SELECT CASE outcome
--       WHEN 'A' THEN 'A 已解决或基本解决'
--       WHEN 'B' THEN 'B 正在解决'
--       WHEN 'C' THEN 'C 列入规划'
--       WHEN 'D' THEN 'D 留作参考'
--       ELSE '未登记' END AS result,
--     session_proposals.*
--   FROM session_proposals
--   WHERE review_result = '立案'
-- counts: filed

SELECT result, count(*) AS filed
FROM records
GROUP BY result
ORDER BY result
