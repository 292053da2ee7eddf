-- figure: party_history_seminars
-- title: 界别党史专题研讨
-- section: 一、政治引领/以史为鉴
-- order: 1201
-- value: count(*)
-- unit: 次
-- says: 在县政协各界别组织开展党史学习教育专题研讨{}次
-- says: 党史学习教育专题研讨{}次
-- note: 组织单位是界别的党史专题研讨；专委会和机关组织的不计。

SELECT study_events.*
FROM study_events
  JOIN units ON units.name = organiser AND units.kind = '界别'
  CROSS JOIN edition
WHERE study_events.kind = '党史专题研讨'
  AND held_on BETWEEN year_first AND year_last
