-- table: articles_by_outlet
-- title: 宣传稿件按载体
-- section: 四、凝聚共识/先进文化
-- order: 4351
-- unit: 篇
-- column: outlet 载体 text
-- column: channel 渠道 text
-- column: articles 篇数 integer 篇
-- key: outlet channel
-- total: articles
-- compare: last
-- chart: bar outlet articles
-- note: 全年刊发的文章、稿件、综合报道和征集的征文，一篇计一篇。
-- records: SELECT articles.*
--   FROM articles CROSS JOIN edition
--   WHERE published_on BETWEEN year_first AND year_last
-- counts: articles

SELECT outlet, channel, count(*) AS articles
FROM records
GROUP BY outlet, channel
ORDER BY articles DESC, outlet, channel
