-- figure: sqmy_bulletins_issued
-- title: 编发《社情民意》
-- section: 三、民生福祉/提案信息
-- order: 3204
-- value: count(DISTINCT issue_no)
-- unit: 期
-- says: 全年共编发《社情民意》{}期
-- says: 编发《社情民意》{}期
-- note: 全年印发的《社情民意》期数，一期编发几条信息也只计一期。

SELECT opinion_briefs.*
FROM opinion_briefs CROSS JOIN edition
WHERE issue_no IS NOT NULL
  AND issued_on BETWEEN year_first AND year_last
