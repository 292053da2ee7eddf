-- figure: project_funds
-- title: 协调落实项目资金
-- section: 三、民生福祉/扶贫济困
-- order: 3301
-- value: coalesce(sum(amount_yuan), 0)
-- unit: 万元
-- quote: 余 1000
-- highlight: yes
-- says: 协调落实项目资金{}万元
-- says: 项目资金{}万元
-- note: 帮扶资金台账中类型为项目资金、全年落实的金额之和；台账以元计，这里以万元写。

SELECT assistance_funds.*
FROM assistance_funds CROSS JOIN edition
WHERE kind = '项目资金'
  AND arranged_on BETWEEN year_first AND year_last
