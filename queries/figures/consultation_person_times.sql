-- figure: consultation_person_times
-- title: 参加重点协商
-- section: 五、自身建设/队伍建设
-- order: 5205
-- value: count(*)
-- unit: 人次
-- quote: 余 100
-- says: {}人次参加各类重点协商活动
-- note: 人次：列为重点协商的活动签到中到会的记录数；非重点协商不计。

SELECT consultation_attendance.*
FROM consultation_attendance
  JOIN consultations ON consultations.consultation_no = consultation_attendance.consultation_no
  CROSS JOIN edition
WHERE attendance = '到会'
  AND key
  AND held_on BETWEEN year_first AND year_last
