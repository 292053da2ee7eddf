-- figure: micro_lecture_issues
-- title: “党的百年奋斗”微讲堂
-- section: 一、政治引领/以学为先
-- order: 1103
-- value: count(*)
-- unit: 期
-- says: 利用政协移动履职平台开展{}期党的百年奋斗重大成就和历史经验“微讲堂”
-- says: 开展{}期“微讲堂”
-- note: 只计在移动履职平台上开展的本系列微讲堂；线下讲座和其他系列不计。

SELECT study_events.*
FROM study_events CROSS JOIN edition
WHERE series = '党的百年奋斗微讲堂'
  AND platform = '移动履职平台'
  AND held_on BETWEEN year_first AND year_last
