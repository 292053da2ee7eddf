-- figure: essays_collected
-- title: 征集建党100周年征文
-- section: 四、凝聚共识/先进文化
-- order: 4305
-- value: count(*)
-- unit: 篇
-- quote: 余 10
-- says: 主题征文活动征集各类文稿{}篇
-- says: 征集各类文稿{}篇
-- note: 为省政协庆祝建党100周年征文活动征集的文稿；其他征文不计。

SELECT articles.*
FROM articles CROSS JOIN edition
WHERE campaign = '省政协庆祝建党100周年征文'
  AND published_on BETWEEN year_first AND year_last
