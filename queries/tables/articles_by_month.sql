-- table: articles_by_month
-- title: 宣传稿件按月
-- section: 四、凝聚共识/先进文化
-- order: 4352
-- unit: 篇（条）
-- column: month 月份 text
-- column: posts 稿件 integer
-- column: news 综合报道 integer
-- column: press 报刊文章 integer
-- column: essays 征文 integer
-- key: month
-- total: posts news press essays
-- chart: stack month posts news press essays
-- note: 按刊发或征集的日期归入各月。

SELECT month_name AS month,
  count(*) FILTER (WHERE genre = '稿件') AS posts,
  count(*) FILTER (WHERE genre = '综合报道') AS news,
  count(*) FILTER (WHERE genre = '文章') AS press,
  count(*) FILTER (WHERE genre = '征文') AS essays
FROM months
  LEFT JOIN (SELECT genre, published_on FROM articles CROSS JOIN edition WHERE published_on BETWEEN year_first AND year_last) AS published
    ON extract(month FROM published_on) = month_no
GROUP BY month_no, month_name
ORDER BY month_no, month
