-- figure: survey_person_times
-- title: 开展调查研究
-- section: 五、自身建设/队伍建设
-- order: 5204
-- value: count(*)
-- unit: 人次
-- quote: 余 100
-- highlight: yes
-- says: {}人次深入基层开展调查研究
-- note: 人次：调研、视察、监督、考察签到中到会的记录数。

SELECT survey_attendance.*
FROM survey_attendance
  JOIN surveys ON surveys.survey_no = survey_attendance.survey_no
  CROSS JOIN edition
WHERE attendance = '到会'
  AND start_on BETWEEN year_first AND year_last
