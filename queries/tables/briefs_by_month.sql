-- table: briefs_by_month
-- title: 社情民意信息按月收到和报送
-- section: 三、民生福祉/提案信息
-- order: 3262
-- unit: 条（篇）
-- column: month 月份 text
-- column: received 收到 integer
-- column: sent 报送 integer
-- key: month
-- total: received sent
-- compare: last
-- chart: line month received sent
-- note: 报送按该篇当年首次报送上级政协的月份，每篇只计一次。

WITH days AS (
  SELECT received_on AS day, 1 AS received, 0 AS sent
  FROM opinion_briefs CROSS JOIN edition
  WHERE received_on BETWEEN year_first AND year_last
  UNION ALL
  SELECT min(sent_on), 0, 1
  FROM brief_sendings CROSS JOIN edition
  WHERE level <> '县委县政府' AND sent_on BETWEEN year_first AND year_last
  GROUP BY brief_no)
SELECT month_name AS month, coalesce(sum(days.received), 0) AS received, coalesce(sum(days.sent), 0) AS sent
FROM months
  LEFT JOIN days ON extract(month FROM day) = month_no
GROUP BY month_no, month_name
ORDER BY month_no, month
