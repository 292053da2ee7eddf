-- figure: imp_provincial_speech
-- title: 全省党建交流会发言
-- section: 一、政治引领/以党建促履职
-- order: 1305
-- value: count(*)
-- unit: 次
-- claim: 作为典型经验在全省政协系统党建工作交流会上专题发言
-- at_least: 1
-- note: 以县政协名义所作、有文号可查的发言。

SELECT speeches.*
FROM speeches CROSS JOIN edition
WHERE meeting_title = '全省政协系统党建工作交流会'
  AND speaker_kind = '县政协'
  AND document_no IS NOT NULL
  AND delivered_on BETWEEN year_first AND year_last
