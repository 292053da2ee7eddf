-- figure: honoured_liaison_groups
-- title: 获评转型发展先进集体的联络组
-- section: 五、自身建设/队伍建设
-- order: 5209
-- value: count(*)
-- unit: 个
-- says: {}个乡镇政协工作联络组被评为全县转型发展先进集体
-- note: 荣誉台账所属年度为本年、截止日以前授予的，获此称号的乡镇政协工作联络组；其他单位获此称号的不计。

SELECT honours.*
FROM honours CROSS JOIN edition
WHERE subject = '全县转型发展先进集体'
  AND honouree_kind = '乡镇政协工作联络组'
  AND honours.year = edition.year
  AND awarded_on <= cut_off
