-- figure: sqmy_adopted_province_city
-- title: 省、市政协采用信息
-- section: 三、民生福祉/提案信息
-- order: 3207
-- value: count(DISTINCT brief_no)
-- unit: 篇
-- quote: 余 10
-- says: 省、市政协采用{}篇
-- note: 被省政协或市政协采用的信息篇数，两级都采用的同一篇只计一篇；按采用日期计。

SELECT brief_adoptions.*
FROM brief_adoptions CROSS JOIN edition
WHERE level IN ('省政协', '市政协')
  AND adopted_on BETWEEN year_first AND year_last
