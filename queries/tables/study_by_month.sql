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

SELECT month_name AS month, study_meetings, study_events
FROM months
  CROSS JOIN LATERAL (
    SELECT count(*) AS study_meetings
    FROM meetings CROSS JOIN edition
    WHERE held_on BETWEEN year_first AND year_last
      AND extract(month FROM held_on) = month_no
      AND EXISTS (SELECT 1 FROM meeting_topics WHERE meeting_topics.meeting_no = meetings.meeting_no AND study)) AS of_meetings
  CROSS JOIN LATERAL (
    SELECT count(*) AS study_events
    FROM study_events CROSS JOIN edition
    WHERE held_on BETWEEN year_first AND year_last
      AND extract(month FROM held_on) = month_no) AS of_events
ORDER BY month_no, month
