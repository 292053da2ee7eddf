-- table: surveys_by_committee
-- title: 各专委会调研视察
-- section: 三、民生福祉/调研视察
-- order: 3151
-- unit: 次
-- column: committee 专委会 text
-- column: surveys 调研视察 integer 次
-- column: person_times 参加人次 integer 人次
-- key: committee
-- total: surveys person_times
-- compare: last
-- chart: bar committee person_times
-- note: 全年开始的调研、视察、监督和考察；参加人次只计到会。
-- records: SELECT committee, survey, person_time, survey_no, topic, start_on, member_no, _file, _sheet, _row
--   FROM (
--     SELECT committee, 1 AS survey, 0 AS person_time, survey_no, topic, start_on, CAST(NULL AS VARCHAR) AS member_no, _file, _sheet, _row
--     FROM surveys
--     UNION ALL
--     SELECT committee, 0, 1, surveys.survey_no, topic, start_on, member_no,
--       survey_attendance._file, survey_attendance._sheet, survey_attendance._row
--     FROM survey_attendance JOIN surveys ON surveys.survey_no = survey_attendance.survey_no
--     WHERE attendance = '到会') AS days CROSS JOIN edition
--   WHERE start_on BETWEEN year_first AND year_last
-- counts: surveys person_times

SELECT committee, sum(survey) AS surveys, sum(person_time) AS person_times
FROM records
GROUP BY committee
ORDER BY surveys DESC, committee
