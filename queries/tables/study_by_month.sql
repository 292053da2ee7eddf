-- table: study_by_month
-- title: 按月学习情况
-- section: 一、政治引领/以学为先
-- order: 1152
-- unit: 次
-- column: month 月份 text
-- column: study_meetings 学习会议 integer 次
-- column: study_events 学习活动 integer 次
-- key: month
-- total: study_meetings study_events
-- compare: last
-- chart: stack month study_meetings study_events
-- note: 学习会议是有学习议题的各类会议（含理论中心组学习）；学习活动是微讲堂、研讨、党课、宣讲、主题党日等。
-- records: SELECT month_name AS month, days.*
--   FROM (
--     SELECT held_on, kind, 1 AS meeting, 0 AS event, _file, _sheet, _row
--     FROM meetings WHERE meeting_no IN (SELECT meeting_no FROM meeting_topics WHERE study)
--     UNION ALL
--     SELECT held_on, kind, 0, 1, _file, _sheet, _row FROM study_events) AS days
--     CROSS JOIN edition JOIN months ON extract(month FROM held_on) = month_no
--   WHERE held_on BETWEEN year_first AND year_last
-- counts: study_meetings study_events

SELECT month_name AS month, coalesce(sum(meeting), 0) AS study_meetings, coalesce(sum(event), 0) AS study_events
FROM months LEFT JOIN records ON records.month = month_name
GROUP BY month_no, month_name
ORDER BY month_no, month
