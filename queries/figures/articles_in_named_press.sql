-- figure: articles_in_named_press
-- title: 报刊发表文章
-- section: 四、凝聚共识/先进文化
-- order: 4303
-- value: count(*)
-- unit: 篇
-- quote: 余 10
-- says: 在《山西政协报》《太行日报》《晋城政协》等报刊发表文章{}篇
-- says: 等报刊发表文章{}篇
-- note: 在报刊上发表的文章；报告在点名的三种报刊后写“等”，其他报刊也计入。

SELECT articles.*
FROM articles CROSS JOIN edition
WHERE channel = '报刊'
  AND genre = '文章'
  AND published_on BETWEEN year_first AND year_last
