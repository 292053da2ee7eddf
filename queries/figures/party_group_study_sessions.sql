-- figure: party_group_study_sessions
-- title: 党组理论中心组学习研讨
-- section: 一、政治引领/以学为先
-- order: 1101
-- value: count(*)
-- unit: 次
-- says: 组织党组理论中心组学习研讨{}次
-- says: 党组理论中心组学习研讨{}次
-- note: 会议台账中类型为“党组理论中心组学习”、在全年时段内举行的会议，一次计一次。

SELECT meetings.*
FROM meetings CROSS JOIN edition
WHERE kind = '党组理论中心组学习'
  AND held_on BETWEEN year_first AND year_last
