-- table: briefs_by_reporter_kind
-- title: 社情民意信息按反映主体
-- section: 三、民生福祉/提案信息
-- order: 3263
-- unit: 条
-- column: kind 反映主体 text
-- column: received 收到 integer 条
-- column: part 占比 share received
-- key: kind
-- total: received
-- compare: last
-- note: 全年收到的全部信息，不论是否编发。
-- records: SELECT reporter_kind AS kind, opinion_briefs.*
--   FROM opinion_briefs CROSS JOIN edition
--   WHERE received_on BETWEEN year_first AND year_last
-- counts: received

SELECT kind, count(*) AS received
FROM records
GROUP BY kind
ORDER BY received DESC, kind
