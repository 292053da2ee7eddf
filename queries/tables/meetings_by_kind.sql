-- table: meetings_by_kind
-- title: 各类会议及学习情况
-- section: 一、政治引领/以学为先
-- order: 1151
-- unit: 次
-- column: kind 会议类型 text
-- column: meetings 会议数 integer 次
-- column: with_study 其中有学习议题 integer 次
-- key: kind
-- total: meetings with_study
-- compare: last
-- chart: column kind meetings
-- note: 全年举行的会议，一次计一次；有几个学习议题的会议在“其中”里只计一次。
-- records: SELECT meetings.*, meeting_no IN (SELECT meeting_no FROM meeting_topics WHERE study) AS with_study
--   FROM meetings CROSS JOIN edition
--   WHERE held_on BETWEEN year_first AND year_last
-- counts: meetings

SELECT kind, count(*) AS meetings, count(*) FILTER (WHERE records.with_study) AS with_study
FROM records
GROUP BY kind
ORDER BY meetings DESC, kind
