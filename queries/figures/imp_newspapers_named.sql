-- figure: imp_newspapers_named
-- title: 点名的报刊
-- section: 四、凝聚共识/先进文化
-- order: 4304
-- value: count(DISTINCT outlet)
-- unit: 种
-- claim: 在《山西政协报》《太行日报》《晋城政协》等报刊发表文章
-- at_least: 3
-- note: 报告点名的三种报刊都应至少发表过一篇。

SELECT articles.*
FROM articles CROSS JOIN edition
WHERE channel = '报刊'
  AND genre = '文章'
  AND outlet IN ('山西政协报', '太行日报', '晋城政协')
  AND published_on BETWEEN year_first AND year_last
