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

SELECT band AS days, count(replied_on) AS replied
FROM (VALUES (1, '30日内', 0, 30), (2, '31—60日', 31, 60), (3, '61—90日', 61, 90),
    (4, '91—120日', 91, 120), (5, '120日以上', 121, 100000), (6, '未登记交办日期', -1, -1)) AS bands (band_no, band, shortest, longest)
  LEFT JOIN (
    SELECT replied_on, coalesce(date_diff('day', assigned_on, replied_on), -1) AS reply_days
    FROM session_proposals CROSS JOIN edition
    WHERE review_result = '立案'
      AND replied_on <= edition.cut_off) AS answered
    ON reply_days BETWEEN shortest AND longest
GROUP BY band_no, band
HAVING band_no < 6 OR count(replied_on) > 0
ORDER BY band_no, days
