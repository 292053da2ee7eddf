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

SELECT kind, count(DISTINCT activity_no) AS activities, count(DISTINCT member_no) AS members, count(*) AS person_times
FROM (
  SELECT '学习培训' AS kind, trainings.training_no AS activity_no, member_no, start_on AS day
  FROM training_attendance JOIN trainings ON trainings.training_no = training_attendance.training_no
  WHERE attendance = '到会'
  UNION ALL
  SELECT '调查研究', surveys.survey_no, member_no, start_on
  FROM survey_attendance JOIN surveys ON surveys.survey_no = survey_attendance.survey_no
  WHERE attendance = '到会'
  UNION ALL
  SELECT '重点协商', consultations.consultation_no, member_no, held_on
  FROM consultation_attendance JOIN consultations ON consultations.consultation_no = consultation_attendance.consultation_no
  WHERE attendance = '到会' AND key) AS attended CROSS JOIN edition
WHERE day BETWEEN year_first AND year_last
GROUP BY kind
ORDER BY person_times DESC, kind
