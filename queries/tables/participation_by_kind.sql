-- table: participation_by_kind
-- title: 委员参加履职活动
-- section: 五、自身建设/队伍建设
-- order: 5252
-- unit: 人次
-- column: kind 活动 text
-- column: activities 活动数 integer 次
-- column: members 参加委员 integer 名
-- column: person_times 参加人次 integer 人次
-- key: kind
-- total: activities person_times
-- compare: last
-- chart: column kind person_times
-- note: 参加委员按人计，一名委员只计一次；参加人次按到会记录计，一名委员可多次计入，所以人次不少于人数；没有到会记录的活动不在其内。
-- records: SELECT kind, activity_no, topic, start_on, member_no, _file, _sheet, _row
--   FROM (
--     SELECT '学习培训' AS kind, trainings.training_no AS activity_no, name AS topic, start_on, member_no,
--       training_attendance._file, training_attendance._sheet, training_attendance._row
--     FROM training_attendance JOIN trainings ON trainings.training_no = training_attendance.training_no
--     WHERE attendance = '到会'
--     UNION ALL
--     SELECT '调查研究', surveys.survey_no, topic, start_on, member_no,
--       survey_attendance._file, survey_attendance._sheet, survey_attendance._row
--     FROM survey_attendance JOIN surveys ON surveys.survey_no = survey_attendance.survey_no
--     WHERE attendance = '到会'
--     UNION ALL
--     SELECT '重点协商', consultations.consultation_no, topic, held_on, member_no,
--       consultation_attendance._file, consultation_attendance._sheet, consultation_attendance._row
--     FROM consultation_attendance JOIN consultations ON consultations.consultation_no = consultation_attendance.consultation_no
--     WHERE attendance = '到会' AND key) AS attended CROSS JOIN edition
--   WHERE start_on BETWEEN year_first AND year_last
-- counts: person_times

SELECT kind, count(DISTINCT activity_no) AS activities, count(DISTINCT member_no) AS members, count(*) AS person_times
FROM records
GROUP BY kind
ORDER BY person_times DESC, kind
