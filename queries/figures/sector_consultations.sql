-- figure: sector_consultations
-- title: 界别协商
-- section: 二、主责主业/专门协商
-- order: 2301
-- value: count(*)
-- unit: 次
-- highlight: yes
-- says: 召开界别协商{}次
-- says: 界别协商{}次
-- note: 类型为界别协商的协商活动，一场计一次；家门口协商另计。

SELECT consultations.*
FROM consultations CROSS JOIN edition
WHERE kind = '界别协商'
  AND held_on BETWEEN year_first AND year_last
