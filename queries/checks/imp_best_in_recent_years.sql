-- check: imp_best_in_recent_years
-- title: 社情民意工作名次为近年最好
-- section: 三、民生福祉/提案信息
-- order: 3250
-- severity: warn
-- claim: 是近年来取得的最好成绩
-- expect: 当年的名次应好于台账上以往每一年的名次；请核对荣誉与排名，或改报告的说法
-- note: 与荣誉台账上以往各年同一授予方、同一指标的名次逐年相比，并列不算更好；当年没有名次或以往没有名次可比的，也不成立。

SELECT sought.scope, this_year.year, this_year.ranking, earlier.year AS earlier_year, earlier.ranking AS earlier_ranking
FROM (VALUES ('全市', '市政协'), ('全省', '省政协')) AS sought (scope, body)
  CROSS JOIN edition
  LEFT JOIN honours AS this_year
    ON this_year.scope = sought.scope AND this_year.body = sought.body
    AND this_year.subject = '反映社情民意信息工作' AND this_year.honouree_kind = '县政协'
    AND this_year.year = edition.year AND this_year.awarded_on <= cut_off
  LEFT JOIN honours AS earlier
    ON earlier.scope = sought.scope AND earlier.body = sought.body
    AND earlier.subject = '反映社情民意信息工作' AND earlier.honouree_kind = '县政协'
    AND earlier.year < edition.year
WHERE this_year.ranking IS NULL
  OR earlier.ranking IS NULL
  OR earlier.ranking <= this_year.ranking
ORDER BY sought.scope, this_year.ranking, earlier.year, earlier.ranking
