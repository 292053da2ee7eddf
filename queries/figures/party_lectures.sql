-- figure: party_lectures
-- title: 党组成员讲党课
-- section: 一、政治引领/以史为鉴
-- order: 1202
-- value: count(*)
-- unit: 次
-- says: 党组成员深入机关党支部、联点共建村、包联乡镇讲党课{}次
-- says: 讲党课{}次
-- note: 主讲人是县政协党组成员的党课；主讲人不是党组成员或没有登记的不计。

SELECT study_events.*
FROM study_events
  JOIN members ON member_no = lecturer AND leading_group
  CROSS JOIN edition
WHERE study_events.kind = '讲党课'
  AND held_on BETWEEN year_first AND year_last
