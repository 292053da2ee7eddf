-- figure: imp_guizhou_training
-- title: 贵州提升培训
-- section: 五、自身建设/队伍建设
-- order: 5202
-- value: count(*)
-- unit: 次
-- claim: 组织政协常委、骨干委员赴贵州社会主义学院进行提升培训
-- at_least: 1
-- note: 在贵州社会主义学院举办的培训。

SELECT trainings.*
FROM trainings CROSS JOIN edition
WHERE place = '贵州社会主义学院'
  AND start_on BETWEEN year_first AND year_last
