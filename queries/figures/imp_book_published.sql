-- figure: imp_book_published
-- title: 出版《薯米之乡北义城》
-- section: 四、凝聚共识/先进文化
-- order: 4302
-- value: count(*)
-- unit: 部
-- claim: 编辑出版《薯米之乡北义城》
-- at_least: 1
-- note: 文史资料台账中该书的状态为出版。

SELECT history_works.*
FROM history_works CROSS JOIN edition
WHERE title = '薯米之乡北义城'
  AND status = '出版'
  AND published_on BETWEEN year_first AND year_last
