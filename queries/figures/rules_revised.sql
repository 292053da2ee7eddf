-- figure: rules_revised
-- title: 修订规则
-- section: 五、自身建设/制度建设
-- order: 5102
-- value: count(*)
-- unit: 项
-- says: 等{}项规则
-- note: 全年修订的规则；制定和废止的不计。

SELECT systems.*
FROM systems CROSS JOIN edition
WHERE action = '修订'
  AND issued_on BETWEEN year_first AND year_last
