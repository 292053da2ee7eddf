-- table: consultations_by_kind
-- title: 各类协商活动
-- section: 二、主责主业/专门协商
-- order: 2351
-- unit: 场
-- column: kind 协商类型 text
-- column: consultations 场次 integer 场
-- column: suggestions 意见建议 integer 条
-- column: conflicts 化解矛盾 integer 件
-- key: kind
-- total: consultations suggestions conflicts
-- compare: last
-- chart: bar kind consultations
-- note: 全年举行的协商活动，一场计一次；意见建议和化解矛盾为各场记录之和。
-- records: SELECT consultations.*
--   FROM consultations CROSS JOIN edition
--   WHERE held_on BETWEEN year_first AND year_last
-- counts: consultations

SELECT kind, count(*) AS consultations,
  coalesce(sum(records.suggestions), 0) AS suggestions,
  coalesce(sum(conflicts_resolved), 0) AS conflicts
FROM records
GROUP BY kind
ORDER BY consultations DESC, kind
