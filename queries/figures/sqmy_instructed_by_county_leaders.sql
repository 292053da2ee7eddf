-- figure: sqmy_instructed_by_county_leaders
-- title: 县委主要领导批示信息
-- section: 三、民生福祉/提案信息
-- order: 3208
-- value: count(DISTINCT brief_no)
-- unit: 篇
-- says: 等{}篇信息被县委主要领导批示
-- says: {}篇信息被县委主要领导批示
-- note: 县委主要领导批示的信息篇数，同一篇有几位领导批示只计一篇；县政府领导的批示不计；按批示日期计。

SELECT brief_instructions.*
FROM brief_instructions CROSS JOIN edition
WHERE leader_level = '县委主要领导'
  AND instructed_on BETWEEN year_first AND year_last
