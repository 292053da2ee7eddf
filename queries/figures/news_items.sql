-- figure: news_items
-- title: 发布综合报道
-- section: 四、凝聚共识/先进文化
-- order: 4307
-- value: count(*)
-- unit: 条
-- quote: 余 100
-- says: 发布综合报道{}条
-- note: 各渠道发布的综合报道。

SELECT articles.*
FROM articles CROSS JOIN edition
WHERE genre = '综合报道'
  AND published_on BETWEEN year_first AND year_last
