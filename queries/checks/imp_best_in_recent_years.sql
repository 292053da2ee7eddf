-- check: imp_best_in_recent_years
-- title: 社情民意工作名次为近年最好
-- section: 三、民生福祉/提案信息
-- order: 3250
-- severity: warn
-- claim: 是近年来取得的最好成绩
-- expect: 当年的名次应好于台账上以往每一年的名次；请核对荣誉与排名，或改报告的说法
-- note: 与荣誉台账上以往各年同一授予方、同一指标的名次逐年相比，并列不算更好；当年没有名次或以往没有名次可比的，也不成立。

WITH ranked AS (
  SELECT scope, honours.year, ranking
  FROM honours CROSS JOIN edition
  WHERE (scope = '全市' AND body = '市政协' OR scope = '全省' AND body = '省政协')
    AND subject = '反映社情民意信息工作'
    AND honouree_kind = '县政协'
    AND (honours.year < edition.year OR honours.year = edition.year AND awarded_on <= cut_off)),
this_year AS (
  SELECT sought.scope, edition.year, CASE WHEN count(*) = count(ranking) THEN max(ranking) END AS ranking
  FROM (VALUES ('全市'), ('全省')) AS sought (scope)
    CROSS JOIN edition
    LEFT JOIN ranked ON ranked.scope = sought.scope AND ranked.year = edition.year
  GROUP BY sought.scope, edition.year)
SELECT this_year.scope, this_year.year, this_year.ranking, earlier.year AS earlier_year, earlier.ranking AS earlier_ranking
FROM this_year
  LEFT JOIN ranked AS earlier ON earlier.scope = this_year.scope AND earlier.year < this_year.year
WHERE this_year.ranking IS NULL
  OR earlier.ranking IS NULL
  OR earlier.ranking <= this_year.ranking
ORDER BY this_year.scope, earlier.year, earlier.ranking
