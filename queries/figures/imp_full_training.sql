-- figure: imp_full_training
-- title: 全体委员脱产培训
-- section: 五、自身建设/队伍建设
-- order: 5201
-- value: count(*)
-- unit: 次
-- claim: 集中全体委员和机关干部在高都职中进行脱产培训
-- at_least: 1
-- note: 在高都职中举办的脱产培训，开班时在任的委员全部到会。

SELECT trainings.*
FROM trainings CROSS JOIN edition
WHERE place = '高都职中'
  AND full_time
  AND start_on BETWEEN year_first AND year_last
  AND training_no IN (
    SELECT training_attendance.training_no
    FROM training_attendance
      JOIN trainings ON trainings.training_no = training_attendance.training_no
      JOIN members ON members.member_no = training_attendance.member_no
        AND joined_on <= start_on
        AND (left_on IS NULL OR left_on > start_on)
    WHERE attendance = '到会'
    GROUP BY training_attendance.training_no, start_on
    HAVING count(*) = (SELECT count(*) FROM members WHERE joined_on <= start_on AND (left_on IS NULL OR left_on > start_on)))
