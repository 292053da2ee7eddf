-- figure: book_sections
-- title: 《薯米之乡北义城》板块
-- section: 四、凝聚共识/先进文化
-- order: 4301
-- value: count(*)
-- unit: 个
-- says: 从水墨义城、相如故里、古建千年等{}个方面编辑出版《薯米之乡北义城》
-- says: 等{}个方面编辑出版《薯米之乡北义城》
-- note: 该书的板块数；其他文史书籍的板块不计。

SELECT history_sections.*
FROM history_sections
  JOIN history_works ON history_works.work_no = history_sections.work_no
WHERE history_works.title = '薯米之乡北义城'
