-- table: proposals_by_month
-- title: 提案按月收到和立案
-- section: 三、民生福祉/提案信息
-- order: 3251
-- unit: 件
-- column: month 月份 text
-- column: received 收到 integer 件
-- column: filed 立案 integer 件
-- key: month
-- total: received filed
-- compare: last
-- chart: column month received filed
-- note: 本届次、全年审查的提案；收到按收到日期、立案按审查日期归入各月，上年收到、本年审查的只计立案，不计收到。
-- records: SELECT *
--   FROM (
--     SELECT month_name AS month, session_proposals.*,
--       received_on BETWEEN year_first AND year_last AND extract(month FROM received_on) = month_no AS received,
--       review_result = '立案' AND extract(month FROM reviewed_on) = month_no AS filed
--     FROM session_proposals CROSS JOIN months CROSS JOIN edition) AS days
--   WHERE received OR filed

SELECT month_name AS month,
  count(*) FILTER (WHERE records.received) AS received,
  count(*) FILTER (WHERE records.filed) AS filed
FROM months LEFT JOIN records ON records.month = month_name
GROUP BY month_no, month_name
ORDER BY month_no, month
