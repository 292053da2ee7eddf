-- figure: public_service_events
-- title: 为民办实事活动
-- section: 五、自身建设/队伍建设
-- order: 5207
-- value: count(*)
-- unit: 场
-- says: 开展为民办实事活动{}场
-- note: 类型为“为民办实事”的活动；志愿服务和捐赠慰问不计。

SELECT public_service_events.*
FROM public_service_events CROSS JOIN edition
WHERE kind = '为民办实事'
  AND held_on BETWEEN year_first AND year_last
