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

SELECT month_name AS month,
  count(*) FILTER (WHERE kind = '为民办实事') AS held,
  count(*) FILTER (WHERE kind <> '为民办实事') AS others
FROM months
  LEFT JOIN (SELECT kind, held_on FROM public_service_events CROSS JOIN edition WHERE held_on BETWEEN year_first AND year_last) AS events
    ON extract(month FROM held_on) = month_no
GROUP BY month_no, month_name
ORDER BY month_no, month
