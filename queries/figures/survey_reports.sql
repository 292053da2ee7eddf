-- figure: survey_reports
-- title: 调研报告
-- section: 二、主责主业/专题协商
-- order: 2202
-- value: count(*)
-- unit: 份
-- quote: 多 10
-- says: 形成{}份高质量调研报告
-- says: {}份调研报告
-- note: “投资领域竞争优势和制约短板”这一课题形成的调研报告；视察报告和纪要不计。

SELECT documents.*
FROM documents CROSS JOIN edition
WHERE kind = '调研报告'
  AND topic = '投资领域竞争优势和制约短板'
  AND written_on BETWEEN year_first AND year_last
