-- figure: wechat_articles
-- title: 公众号刊登稿件
-- section: 四、凝聚共识/先进文化
-- order: 4306
-- value: count(*)
-- unit: 篇
-- quote: 余 100
-- says: 刊登稿件{}篇
-- note: 公众号刊登的稿件；公众号上的综合报道计入“综合报道”，不重复计。

SELECT articles.*
FROM articles CROSS JOIN edition
WHERE channel = '公众号'
  AND genre = '稿件'
  AND published_on BETWEEN year_first AND year_last
