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
-- records: SELECT month_name AS month, days.*
--   FROM (
--     SELECT received_on AS day, 1 AS received, 0 AS sent, brief_no, received_on, title, CAST(NULL AS DATE) AS sent_on,
--       CAST(NULL AS VARCHAR) AS level, _file, _sheet, _row
--     FROM opinion_briefs
--     UNION ALL
--     SELECT sent_on, 0, 1, brief_no, NULL, NULL, sent_on, level, _file, _sheet, _row
--     FROM (
--       SELECT brief_sendings.*, row_number() OVER (PARTITION BY brief_no ORDER BY sent_on, _file, _sheet, _row) AS nth
--       FROM brief_sendings CROSS JOIN edition
--       WHERE level <> '县委县政府' AND sent_on BETWEEN year_first AND year_last) AS sendings
--     WHERE nth = 1) AS days CROSS JOIN edition JOIN months ON extract(month FROM day) = month_no
--   WHERE day BETWEEN year_first AND year_last
-- counts: received sent

SELECT month_name AS month, coalesce(sum(received), 0) AS received, coalesce(sum(sent), 0) AS sent
FROM months LEFT JOIN records ON records.month = month_name
GROUP BY month_no, month_name
ORDER BY month_no, month
