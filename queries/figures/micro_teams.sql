-- figure: micro_teams
-- title: 微团队
-- section: 一、政治引领/以党建促履职
-- order: 1304
-- value: count(*)
-- unit: 个
-- says: 优化组合成{}个“微团队”
-- says: {}个“微团队”
-- note: 截止日仍在运行的微团队；每个微团队至少有一名中共党员委员，另有一项检查。

SELECT units.*
FROM units CROSS JOIN edition
WHERE kind = '微团队'
  AND (start_on IS NULL OR start_on <= cut_off)
  AND (end_on IS NULL OR end_on > cut_off)
