-- table: honours_of_the_year
-- title: 全年荣誉与排名
-- section: 五、自身建设/队伍建设
-- order: 5255
-- unit: 项
-- column: honour_no 编号 text
-- column: subject 称号或指标 text
-- column: scope 范围 text
-- column: place 名次 integer
-- column: honouree_kind 获得者 text
-- column: document_no 文号 text
-- key: honour_no
-- note: 荣誉与排名台账中所属年度为本年、截止日以前授予的各项，凭文号为证。
-- records: SELECT honours.*
--   FROM honours CROSS JOIN edition
--   WHERE honours.year = edition.year
--     AND awarded_on <= cut_off

SELECT honour_no, subject, scope, ranking AS place, honouree_kind, document_no
FROM records
ORDER BY awarded_on, honour_no
