-- table: articles_by_month
-- title: 宣传稿件按月
-- section: 四、凝聚共识/先进文化
-- order: 4352
-- unit: 篇（条）
-- column: month 月份 text
-- column: posts 公众号稿件 integer
-- column: news 综合报道 integer
-- column: press 报刊文章 integer
-- column: essays 征文 integer
-- column: others 其他 integer
-- key: month
-- total: posts news press essays others
-- compare: last
-- chart: stack month posts news press essays others
-- note: 按刊发或征集的日期归入各月；其他是公众号以外的稿件和报刊以外的文章。
-- records: SELECT month_name AS month, articles.*
--   FROM articles CROSS JOIN edition JOIN months ON extract(month FROM published_on) = month_no
--   WHERE published_on BETWEEN year_first AND year_last
-- counts: posts news press essays others

SELECT month_name AS month,
  count(*) FILTER (WHERE genre = '稿件' AND channel = '公众号') AS posts,
  count(*) FILTER (WHERE genre = '综合报道') AS news,
  count(*) FILTER (WHERE genre = '文章' AND channel = '报刊') AS press,
  count(*) FILTER (WHERE genre = '征文') AS essays,
  count(*) FILTER (WHERE genre = '稿件' AND channel <> '公众号' OR genre = '文章' AND channel <> '报刊') AS others
FROM months LEFT JOIN records ON records.month = month_name
GROUP BY month_no, month_name
ORDER BY month_no, month
