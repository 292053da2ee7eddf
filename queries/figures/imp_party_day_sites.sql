-- figure: imp_party_day_sites
-- title: 主题党日现场
-- section: 一、政治引领/以史为鉴
-- order: 1205
-- value: count(DISTINCT site)
-- unit: 处
-- claim: 到水北“长江支队”展览馆、西土河红色文化教育基地、山耳东“红色三杰”纪念馆等地开展主题党日活动
-- at_least: 3
-- note: 报告点名的三处都应在主题党日的记录里。

SELECT study_sites.*
FROM study_sites
  JOIN study_events ON study_events.event_no = study_sites.event_no
  CROSS JOIN edition
WHERE kind = '主题党日'
  AND site IN ('水北“长江支队”展览馆', '西土河红色文化教育基地', '山耳东“红色三杰”纪念馆')
  AND held_on BETWEEN year_first AND year_last
