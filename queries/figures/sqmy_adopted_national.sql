-- figure: sqmy_adopted_national
-- title: 全国政协采用信息
-- section: 三、民生福祉/提案信息
-- order: 3206
-- value: count(DISTINCT brief_no)
-- unit: 篇
-- says: 全国政协采用{}篇
-- note: 被全国政协采用的信息篇数，同一篇被几个刊物采用只计一篇；按采用日期计。

SELECT brief_adoptions.*
FROM brief_adoptions CROSS JOIN edition
WHERE level = '全国政协'
  AND adopted_on BETWEEN year_first AND year_last
