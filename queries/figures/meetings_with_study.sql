-- figure: meetings_with_study
-- title: 党组会议、常委会议、主席会议、机关会议学习
-- section: 一、政治引领/以学为先
-- order: 1102
-- value: count(*)
-- unit: 次
-- quote: 余 10
-- highlight: yes
-- says: 召开党组会议、常委会议、主席会议、机关会议学习{}次
-- note: 四类会议中至少有一个学习议题的会议数；一次会议有几个学习议题也只计一次；理论中心组学习另计，不在其内。

SELECT meetings.*
FROM meetings CROSS JOIN edition
WHERE kind IN ('党组会议', '常委会议', '主席会议', '机关会议')
  AND held_on BETWEEN year_first AND year_last
  AND EXISTS (SELECT 1 FROM meeting_topics WHERE meeting_topics.meeting_no = meetings.meeting_no AND study)
