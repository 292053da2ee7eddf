-- table: training_headcounts
-- title: 学习培训到会情况
-- section: 五、自身建设/队伍建设
-- order: 5251
-- unit: 人次
-- column: training_no 编号 text
-- column: training 培训 text
-- column: start_on 开班日期 date
-- column: expected 应到 integer 人次
-- column: attended 实到 integer 人次
-- column: rate 到会率 ratio attended/expected
-- key: training_no
-- total: expected attended
-- chart: bar training attended
-- note: 全年开班的培训；实到人数与签到明细逐期核对一致。
-- records: SELECT trainings.*
--   FROM trainings CROSS JOIN edition
--   WHERE start_on BETWEEN year_first AND year_last

SELECT training_no, name AS training, start_on, expected, attended
FROM records
ORDER BY start_on, training_no
