-- check: imp_best_in_recent_years
-- title: 社情民意工作名次为近年最好
-- section: 三、民生福祉/提案信息
-- order: 3250
-- severity: warn
-- claim: 是近年来取得的最好成绩
-- expect: 当年的名次应好于台账上以往每一年的名次；请核对荣誉与排名，或改报告的说法
-- note: 与荣誉台账上以往各年同一授予方、同一指标的名次逐年相比，并列不算更好。

SELECT earlier.honour_no, earlier.year, earlier.scope, earlier.ranking, this_year.ranking AS ranking_this_year,
  earlier._file, earlier._sheet, earlier._row
FROM honours AS earlier
  JOIN honours AS this_year ON this_year.scope = earlier.scope AND this_year.body = earlier.body AND this_year.subject = earlier.subject
  JOIN edition ON this_year.year = edition.year AND earlier.year < edition.year
WHERE earlier.subject = '反映社情民意信息工作'
  AND earlier.ranking <= this_year.ranking
ORDER BY earlier._file, earlier._sheet, earlier._row
