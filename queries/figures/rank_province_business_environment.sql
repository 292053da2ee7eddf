-- figure: rank_province_business_environment
-- title: 全省营商环境便利度综合评价名次
-- section: 二、主责主业/专题协商
-- order: 2204
-- value: max(ranking)
-- unit: 位
-- quote: rank
-- says: 全省营商环境便利度综合评价{}
-- note: 名次不能由记录数出，凭荣誉台账所属年度为本年、截止日以前授予的一行的文号为证；有几行时取靠后的名次。

SELECT honours.*
FROM honours CROSS JOIN edition
WHERE scope = '全省'
  AND subject = '营商环境便利度综合评价'
  AND honouree_kind = '县'
  AND honours.year = edition.year
  AND awarded_on <= cut_off
