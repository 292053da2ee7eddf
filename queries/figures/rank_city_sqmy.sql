-- figure: rank_city_sqmy
-- title: 反映社情民意信息工作全市名次
-- section: 三、民生福祉/提案信息
-- order: 3209
-- value: max(ranking)
-- unit: 位
-- quote: rank 全市
-- says: 全年县政协反映社情民意信息工作名列{}
-- says: 反映社情民意信息工作名列{}
-- note: 名次不能由记录数出，凭荣誉台账所属年度为本年、截止日以前授予的一行的文号为证；有几行时取靠后的名次。

SELECT honours.*
FROM honours CROSS JOIN edition
WHERE scope = '全市'
  AND subject = '反映社情民意信息工作'
  AND body = '市政协'
  AND honouree_kind = '县政协'
  AND honours.year = edition.year
  AND awarded_on <= cut_off
