-- table: activity_calendar
-- title: 全年履职活动日历
-- section: 五、自身建设/队伍建设
-- order: 5254
-- unit: 项
-- column: day 日期 date
-- column: activities 活动数 integer 项
-- key: day
-- total: activities
-- chart: calendar day activities
-- note: 会议、学习、协商、调研视察、培训、为民服务和联谊交流，按举行或开始的日期逐日计。

SELECT day, count(*) AS activities
FROM (
  SELECT held_on AS day FROM meetings
  UNION ALL SELECT held_on FROM study_events
  UNION ALL SELECT held_on FROM consultations
  UNION ALL SELECT start_on FROM surveys
  UNION ALL SELECT start_on FROM trainings
  UNION ALL SELECT held_on FROM public_service_events
  UNION ALL SELECT held_on FROM exchanges) AS days CROSS JOIN edition
WHERE day BETWEEN year_first AND year_last
GROUP BY day
ORDER BY day
