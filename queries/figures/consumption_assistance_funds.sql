-- figure: consumption_assistance_funds
-- title: 消费帮扶资金
-- section: 三、民生福祉/扶贫济困
-- order: 3302
-- value: coalesce(sum(amount_yuan), 0)
-- unit: 万元
-- quote: 余 10
-- says: 消费帮扶资金{}万元
-- note: 帮扶资金台账中类型为消费帮扶、全年落实的金额之和；捐款和捐物折价不计。

SELECT assistance_funds.*
FROM assistance_funds CROSS JOIN edition
WHERE kind = '消费帮扶'
  AND arranged_on BETWEEN year_first AND year_last
