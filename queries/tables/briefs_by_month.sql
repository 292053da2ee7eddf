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
-- chart: line month received sent
-- note: 报送按该篇当年首次报送上级政协的月份，每篇只计一次。

SELECT month_name AS month, received, sent
FROM months
  CROSS JOIN LATERAL (
    SELECT count(*) AS received
    FROM opinion_briefs CROSS JOIN edition
    WHERE received_on BETWEEN year_first AND year_last
      AND extract(month FROM received_on) = month_no) AS of_received
  CROSS JOIN LATERAL (
    SELECT count(*) AS sent
    FROM (
      SELECT brief_no, min(sent_on) AS first_sent_on
      FROM brief_sendings CROSS JOIN edition
      WHERE level <> '县委县政府' AND sent_on BETWEEN year_first AND year_last
      GROUP BY brief_no) AS first_sendings
    WHERE extract(month FROM first_sent_on) = month_no) AS of_sent
ORDER BY month_no, month
