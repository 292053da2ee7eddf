-- table: briefs_from_received_to_instructed
-- title: 社情民意信息从收到到批示
-- section: 三、民生福祉/提案信息
-- order: 3261
-- unit: 篇
-- column: stage 环节 text
-- column: briefs 篇数 integer 篇
-- key: stage
-- compare: last
-- chart: column stage briefs
-- note: 同一篇在一个环节只计一次；上级政协指市、省、全国政协；批示含各级领导。

SELECT stage, briefs
FROM (
  SELECT 1 AS stage_no, '收到' AS stage, count(*) AS briefs
  FROM opinion_briefs CROSS JOIN edition
  WHERE received_on BETWEEN year_first AND year_last
  UNION ALL
  SELECT 2, '报送上级政协', count(DISTINCT brief_no)
  FROM brief_sendings CROSS JOIN edition
  WHERE level <> '县委县政府' AND sent_on BETWEEN year_first AND year_last
  UNION ALL
  SELECT 3, '上级政协采用', count(DISTINCT brief_no)
  FROM brief_adoptions CROSS JOIN edition
  WHERE level <> '县委县政府' AND adopted_on BETWEEN year_first AND year_last
  UNION ALL
  SELECT 4, '领导批示', count(DISTINCT brief_no)
  FROM brief_instructions CROSS JOIN edition
  WHERE instructed_on BETWEEN year_first AND year_last) AS stages
ORDER BY stage_no, stage
