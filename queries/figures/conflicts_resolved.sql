-- figure: conflicts_resolved
-- title: 界别协商化解矛盾
-- section: 二、主责主业/专门协商
-- order: 2302
-- value: coalesce(sum(conflicts_resolved), 0)
-- unit: 件
-- says: 化解各类矛盾{}件
-- note: 与“界别协商”同一批活动记录的化解矛盾数之和；家门口协商化解的不计，没有填写的按零计。

SELECT consultations.*
FROM consultations CROSS JOIN edition
WHERE kind = '界别协商'
  AND held_on BETWEEN year_first AND year_last
