-- table: proposals_by_reply_days
-- title: 提案办复用时
-- section: 三、民生福祉/提案信息
-- order: 3258
-- unit: 件
-- column: days 办复用时 text
-- column: replied 办复 integer 件
-- column: part 占比 share replied
-- key: days
-- total: replied
-- compare: last
-- chart: column days replied
-- note: 从交办到主办单位首次答复的天数；截止日尚未答复的不在其内，没有登记交办日期的单列。
-- records: SELECT CASE
--       WHEN assigned_on IS NULL THEN '未登记交办日期'
--       WHEN date_diff('day', assigned_on, replied_on) <= 30 THEN '30日内'
--       WHEN date_diff('day', assigned_on, replied_on) <= 60 THEN '31—60日'
--       WHEN date_diff('day', assigned_on, replied_on) <= 90 THEN '61—90日'
--       WHEN date_diff('day', assigned_on, replied_on) <= 120 THEN '91—120日'
--       ELSE '120日以上' END AS days,
--     session_proposals.*
--   FROM session_proposals CROSS JOIN edition
--   WHERE review_result = '立案'
--     AND replied_on <= cut_off
-- counts: replied

SELECT band AS days, count(replied_on) AS replied
FROM (VALUES (1, '30日内'), (2, '31—60日'), (3, '61—90日'), (4, '91—120日'), (5, '120日以上'), (6, '未登记交办日期')) AS bands (band_no, band)
  LEFT JOIN records ON records.days = band
GROUP BY band_no, band
HAVING band_no < 6 OR count(replied_on) > 0
ORDER BY band_no, days
