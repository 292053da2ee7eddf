-- table: systems_by_action
-- title: 规章制度
-- section: 五、自身建设/制度建设
-- order: 5151
-- unit: 项
-- column: action 动作 text
-- column: systems 项数 integer 项
-- key: action
-- compare: last
-- note: 全年制定、修订和废止的制度和规则。
-- records: SELECT systems.*
--   FROM systems CROSS JOIN edition
--   WHERE issued_on BETWEEN year_first AND year_last
-- counts: systems

SELECT action, count(*) AS systems
FROM records
GROUP BY action
ORDER BY systems DESC, action
