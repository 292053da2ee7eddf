-- figure: ccp_member_committee_members
-- title: 中共党员委员
-- section: 一、政治引领/以党建促履职
-- order: 1303
-- value: count(*)
-- unit: 名
-- says: 将{}名中共党员委员同党外委员优化组合
-- says: {}名中共党员委员
-- note: 截止日在任的中共党员委员；已离任的不计。

SELECT members.*
FROM members CROSS JOIN edition
WHERE party = '中共'
  AND joined_on <= cut_off
  AND (left_on IS NULL OR left_on > cut_off)
