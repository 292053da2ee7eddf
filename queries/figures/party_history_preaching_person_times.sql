-- figure: party_history_preaching_person_times
-- title: 宣讲党史
-- section: 一、政治引领/以史为鉴
-- order: 1203
-- value: count(*)
-- unit: 人次
-- quote: 余 10
-- says: 组织委员在“书香政协”专栏、委员读书群宣讲党史{}人次
-- says: 宣讲党史{}人次
-- note: 人次：一人宣讲一次计一人次，同一人可多次计入；只计书香政协专栏和委员读书群，线下宣讲不计。

SELECT study_participation.*
FROM study_participation
  JOIN study_events ON study_events.event_no = study_participation.event_no
  CROSS JOIN edition
WHERE kind = '宣讲党史'
  AND platform IN ('书香政协专栏', '委员读书群')
  AND held_on BETWEEN year_first AND year_last
