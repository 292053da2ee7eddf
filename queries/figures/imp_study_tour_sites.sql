-- figure: imp_study_tour_sites
-- title: 赴外研学现场
-- section: 一、政治引领/以史为鉴
-- order: 1204
-- value: count(DISTINCT site)
-- unit: 处
-- claim: 赴遵义会议会址、红军四渡赤水纪念园、息烽集中营革命历史纪念馆等地
-- at_least: 3
-- note: 报告点名的三处都应在赴外研学的记录里。

SELECT study_sites.*
FROM study_sites
  JOIN study_events ON study_events.event_no = study_sites.event_no
  CROSS JOIN edition
WHERE kind = '赴外研学'
  AND site IN ('遵义会议会址', '红军四渡赤水纪念园', '息烽集中营革命历史纪念馆')
  AND held_on BETWEEN year_first AND year_last
