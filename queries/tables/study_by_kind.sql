-- table: study_by_kind
-- title: 各类学习活动
-- section: 一、政治引领/以史为鉴
-- order: 1251
-- unit: 次
-- column: kind 活动类型 text
-- column: events 活动数 integer 次
-- column: person_times 参加人次 integer 人次
-- key: kind
-- total: events person_times
-- compare: last
-- chart: bar kind events
-- note: 全年的学习活动；参加人次按参加明细计，没有登记明细的活动人次为零。
-- records: SELECT kind, event, person_time, event_no, held_on, member_no, _file, _sheet, _row
--   FROM (
--     SELECT kind, 1 AS event, 0 AS person_time, event_no, held_on, CAST(NULL AS VARCHAR) AS member_no, _file, _sheet, _row
--     FROM study_events
--     UNION ALL
--     SELECT kind, 0, 1, study_events.event_no, held_on, member_no,
--       study_participation._file, study_participation._sheet, study_participation._row
--     FROM study_participation JOIN study_events ON study_events.event_no = study_participation.event_no) AS days CROSS JOIN edition
--   WHERE held_on BETWEEN year_first AND year_last
-- counts: events person_times

SELECT kind, sum(event) AS events, sum(person_time) AS person_times
FROM records
GROUP BY kind
ORDER BY events DESC, kind
