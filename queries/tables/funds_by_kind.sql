-- table: funds_by_kind
-- title: 帮扶资金
-- section: 三、民生福祉/扶贫济困
-- order: 3351
-- unit: 万元
-- column: kind 资金类型 text
-- column: items 笔数 integer 笔
-- column: amount 金额 money 万元
-- column: part 占比 share amount
-- key: kind
-- total: items amount
-- compare: last
-- chart: bar kind amount
-- note: 全年落实的帮扶资金；台账以元计，表中以万元计。
-- records: SELECT assistance_funds.*
--   FROM assistance_funds CROSS JOIN edition
--   WHERE arranged_on BETWEEN year_first AND year_last
-- counts: items

SELECT kind, count(*) AS items, sum(amount_yuan) AS amount
FROM records
GROUP BY kind
ORDER BY amount DESC, kind
