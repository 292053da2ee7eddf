-- figure: group_proposals
-- title: 党派团体、界别提案
-- section: 四、凝聚共识/团结协作
-- order: 4101
-- value: count(*)
-- unit: 件
-- says: 各党派团体、各界别提交团体提案{}件
-- says: 提交团体提案{}件
-- says: 团体提案{}件
-- note: 本届会议以来收到、由党派团体或界别集体提出的提案；报告说的是“提交”，不论审查结果和届次，按收到日期计。

SELECT proposals.*
FROM proposals CROSS JOIN edition
WHERE proposer_kind IN ('党派团体', '界别集体')
  AND received_on BETWEEN session_first AND session_last
