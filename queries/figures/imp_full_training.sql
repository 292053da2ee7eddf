-- figure: imp_full_training
-- title: 全体委员脱产培训
-- section: 五、自身建设/队伍建设
-- order: 5201
-- value: count(*)
-- unit: 次
-- claim: 集中全体委员和机关干部在高都职中进行脱产培训
-- at_least: 1
-- note: 在高都职中举办的脱产培训，开班时在任的委员全部到会。

WITH held AS (
  SELECT trainings.*
  FROM trainings CROSS JOIN edition
  WHERE place = '高都职中'
    AND full_time
    AND start_on BETWEEN year_first AND year_last),
present AS (
  SELECT held.training_no, count(*) AS members
  FROM held
    JOIN training_attendance ON training_attendance.training_no = held.training_no AND attendance = '到会'
    JOIN members ON members.member_no = training_attendance.member_no
      AND joined_on <= start_on
      AND (left_on IS NULL OR left_on > start_on)
  GROUP BY held.training_no),
in_office AS (
  SELECT days.start_on, count(*) AS members
  FROM (SELECT DISTINCT start_on FROM held) AS days
    JOIN members ON joined_on <= days.start_on AND (left_on IS NULL OR left_on > days.start_on)
  GROUP BY days.start_on)
SELECT held.*
FROM held
  JOIN present ON present.training_no = held.training_no
  JOIN in_office ON in_office.start_on = held.start_on
WHERE present.members = in_office.members
