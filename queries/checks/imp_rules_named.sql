-- check: imp_rules_named
-- title: 点名的规则
-- section: 五、自身建设/制度建设
-- order: 5151
-- severity: warn
-- claim: 修订了政协提案、对口联系、学习培训、专题协商、界别活动等规则
-- expect: 报告点名的事项应在全年修订的规则里；请核对规范事项和规章制度台账
-- note: 报告点名的五个事项都应在全年修订的规则之内。

SELECT subject
FROM (VALUES
  ('政协提案'),
  ('对口联系'),
  ('学习培训'),
  ('专题协商'),
  ('界别活动')) AS named (subject)
WHERE subject NOT IN (
  SELECT systems.subject
  FROM systems CROSS JOIN edition
  WHERE action = '修订'
    AND systems.subject IS NOT NULL
    AND issued_on BETWEEN year_first AND year_last)
ORDER BY subject
