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
-- records: SELECT held_on AS day, held_on, kind, topic, _file, _sheet, _row
--   FROM (
--     SELECT held_on, kind, CAST(NULL AS VARCHAR) AS topic, _file, _sheet, _row FROM meetings
--     UNION ALL SELECT held_on, kind, series, _file, _sheet, _row FROM study_events
--     UNION ALL SELECT held_on, kind, topic, _file, _sheet, _row FROM consultations
--     UNION ALL SELECT start_on, kind, topic, _file, _sheet, _row FROM surveys
--     UNION ALL SELECT start_on, scope, name, _file, _sheet, _row FROM trainings
--     UNION ALL SELECT held_on, kind, title, _file, _sheet, _row FROM public_service_events
--     UNION ALL SELECT held_on, direction, topic, _file, _sheet, _row FROM exchanges) AS days CROSS JOIN edition
--   WHERE held_on BETWEEN year_first AND year_last
-- counts: activities

SELECT day, count(*) AS activities
FROM records
GROUP BY day
ORDER BY day
