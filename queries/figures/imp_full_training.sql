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
  AND NOT EXISTS (
    SELECT 1 FROM members
    WHERE joined_on <= start_on
      AND (left_on IS NULL OR left_on > start_on)
      AND NOT EXISTS (
        SELECT 1 FROM training_attendance
        WHERE training_attendance.training_no = trainings.training_no
          AND training_attendance.member_no = members.member_no
          AND attendance = '到会'))
