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

WITH days AS (
  SELECT held_on, 1 AS meeting, 0 AS event
  FROM meetings JOIN (SELECT DISTINCT meeting_no FROM meeting_topics WHERE study) AS studied ON studied.meeting_no = meetings.meeting_no
  UNION ALL
  SELECT held_on, 0, 1 FROM study_events)
SELECT month_name AS month, coalesce(sum(meeting), 0) AS study_meetings, coalesce(sum(event), 0) AS study_events
FROM months
  LEFT JOIN (SELECT days.* FROM days CROSS JOIN edition WHERE held_on BETWEEN year_first AND year_last) AS of_year
    ON extract(month FROM held_on) = month_no
GROUP BY month_no, month_name
ORDER BY month_no, month
