-- figure: honoured_members
-- title: 获评转型发展先进个人的委员
-- section: 五、自身建设/队伍建设
-- order: 5210
-- value: count(DISTINCT honouree)
-- unit: 名
-- says: {}名委员被评为全县转型发展先进个人
-- note: 荣誉台账所属年度为本年、截止日以前授予的，获此称号的委员人数。

SELECT honours.*
FROM honours CROSS JOIN edition
WHERE subject = '全县转型发展先进个人'
  AND honouree_kind = '委员'
  AND honours.year = edition.year
  AND awarded_on <= cut_off
