-- figure: systems_issued
-- title: 制定制度
-- section: 五、自身建设/制度建设
-- order: 5101
-- value: count(*)
-- unit: 项
-- says: 等{}项制度
-- note: 全年制定出台的制度；修订和废止的不计。

SELECT systems.*
FROM systems CROSS JOIN edition
WHERE action = '制定'
  AND issued_on BETWEEN year_first AND year_last
