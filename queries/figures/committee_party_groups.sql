-- figure: committee_party_groups
-- title: 专委会党小组
-- section: 一、政治引领/以党建促履职
-- order: 1302
-- value: count(*)
-- unit: 个
-- says: 担任{}个专委会党小组副组长
-- says: {}个专委会党小组
-- note: 截止日仍在运行的专委会党小组，数的是党小组不是人；已撤销的不计。

SELECT units.*
FROM units CROSS JOIN edition
WHERE kind = '专委会党小组'
  AND (start_on IS NULL OR start_on <= cut_off)
  AND (end_on IS NULL OR end_on > cut_off)
