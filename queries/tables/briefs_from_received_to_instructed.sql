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
-- records: SELECT stage, brief_no, received_on, sent_on, adopted_on, instructed_on, level, _file, _sheet, _row
--   FROM (
--     SELECT '收到' AS stage, received_on AS day, brief_no, received_on, CAST(NULL AS DATE) AS sent_on, CAST(NULL AS DATE) AS adopted_on,
--       CAST(NULL AS DATE) AS instructed_on, CAST(NULL AS VARCHAR) AS level, _file, _sheet, _row
--     FROM opinion_briefs
--     UNION ALL
--     SELECT '报送上级政协', sent_on, brief_no, NULL, sent_on, NULL, NULL, level, _file, _sheet, _row
--     FROM brief_sendings WHERE level <> '县委县政府'
--     UNION ALL
--     SELECT '上级政协采用', adopted_on, brief_no, NULL, NULL, adopted_on, NULL, level, _file, _sheet, _row
--     FROM brief_adoptions WHERE level <> '县委县政府'
--     UNION ALL
--     SELECT '领导批示', instructed_on, brief_no, NULL, NULL, NULL, instructed_on, leader_level, _file, _sheet, _row
--     FROM brief_instructions) AS days CROSS JOIN edition
--   WHERE day BETWEEN year_first AND year_last

SELECT stages.stage, count(DISTINCT brief_no) AS briefs
FROM (VALUES (1, '收到'), (2, '报送上级政协'), (3, '上级政协采用'), (4, '领导批示')) AS stages (stage_no, stage)
  LEFT JOIN records ON records.stage = stages.stage
GROUP BY stage_no, stages.stage
ORDER BY stage_no, stages.stage
