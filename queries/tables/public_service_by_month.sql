-- table: public_service_by_month
-- title: 为民服务活动按月
-- section: 五、自身建设/队伍建设
-- order: 5253
-- unit: 场
-- column: month 月份 text
-- column: held 为民办实事 integer 场
-- column: others 志愿服务和捐赠慰问 integer 场
-- key: month
-- total: held others
-- compare: last
-- note: 全年开展的活动，按日期归入各月。
-- records: SELECT month_name AS month, public_service_events.*
--   FROM public_service_events CROSS JOIN edition JOIN months ON extract(month FROM held_on) = month_no
--   WHERE held_on BETWEEN year_first AND year_last
-- counts: held others

SELECT month_name AS month,
  count(*) FILTER (WHERE kind = '为民办实事') AS held,
  count(*) FILTER (WHERE kind <> '为民办实事') AS others
FROM months LEFT JOIN records ON records.month = month_name
GROUP BY month_no, month_name
ORDER BY month_no, month
