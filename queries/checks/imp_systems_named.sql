-- check: imp_systems_named
-- title: 点名的制度
-- section: 五、自身建设/制度建设
-- order: 5150
-- severity: warn
-- claim: 制定出台《主席会议议事规则》《专委会工作指南》《委员履职量化考核评价办法》等制度
-- expect: 报告点名的制度应在全年制定的制度里；请核对名称和规章制度台账
-- note: 报告点名的三项都应在全年制定的制度之内。

SELECT title
FROM (VALUES
  ('主席会议议事规则'),
  ('专委会工作指南'),
  ('委员履职量化考核评价办法')) AS named (title)
WHERE title NOT IN (
  SELECT systems.title
  FROM systems CROSS JOIN edition
  WHERE action = '制定'
    AND issued_on BETWEEN year_first AND year_last)
ORDER BY title
