-- check: imp_zero_return_to_poverty
-- title: 没有人返贫致贫
-- section: 三、民生福祉/扶贫济困
-- order: 3350
-- severity: warn
-- claim: 守住了大灾之年不让一人返贫致贫的底线
-- expect: 帮扶对象不应有返贫致贫的；请核对这些人的记录，或改报告的说法
-- note: 帮扶对象台账中“是否返贫”为“是”的人数应为零。

SELECT person_no, household_no, village, kind
FROM assistance_persons
WHERE returned_to_poverty
UNION ALL
SELECT '没有帮扶对象的记录', NULL, NULL, NULL
WHERE NOT EXISTS (SELECT 1 FROM assistance_persons)
ORDER BY person_no, kind
