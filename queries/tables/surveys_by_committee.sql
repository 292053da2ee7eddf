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

SELECT committee, count(DISTINCT surveys.survey_no) AS surveys,
  count(*) FILTER (WHERE attendance = '到会') AS person_times
FROM surveys
  LEFT JOIN survey_attendance ON survey_attendance.survey_no = surveys.survey_no
  CROSS JOIN edition
WHERE start_on BETWEEN year_first AND year_last
GROUP BY committee
ORDER BY surveys DESC, committee
