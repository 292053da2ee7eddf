-- table: study_by_kind
-- title: 各类学习活动
-- section: 一、政治引领/以史为鉴
-- order: 1251
-- unit: 次
-- column: kind 活动类型 text
-- column: events 活动数 integer 次
-- column: person_times 参加人次 integer 人次
-- key: kind
-- total: events person_times
-- compare: last
-- chart: bar kind events
-- note: 全年的学习活动；参加人次按参加明细计，没有登记明细的活动人次为零。

SELECT kind, count(DISTINCT study_events.event_no) AS events, count(member_no) AS person_times
FROM study_events
  LEFT JOIN study_participation ON study_participation.event_no = study_events.event_no
  CROSS JOIN edition
WHERE held_on BETWEEN year_first AND year_last
GROUP BY kind
ORDER BY events DESC, kind
