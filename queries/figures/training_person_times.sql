-- figure: training_person_times
-- title: 参加学习培训
-- section: 五、自身建设/队伍建设
-- order: 5203
-- value: count(*)
-- unit: 人次
-- quote: 余 100
-- highlight: yes
-- says: 全年先后有{}人次参加各类学习培训
-- says: {}人次参加各类学习培训
-- note: 人次：培训签到中到会的记录数，一人参加一期计一人次；请假和缺席的不计。

SELECT training_attendance.*
FROM training_attendance
  JOIN trainings ON trainings.training_no = training_attendance.training_no
  CROSS JOIN edition
WHERE attendance = '到会'
  AND start_on BETWEEN year_first AND year_last
