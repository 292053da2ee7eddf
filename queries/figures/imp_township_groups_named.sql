-- figure: imp_township_groups_named
-- title: 有协商工作方法的乡镇联络组
-- section: 二、主责主业/专门协商
-- order: 2303
-- value: count(*)
-- unit: 个
-- claim: 大阳镇、周村镇、高都镇等政协联络组创造性提出“1234”协商程序、“1+7+N”工作方法、“4+2+N”协商模式
-- at_least: 3
-- note: 报告点名的三个联络组都应有已报备的协商工作方法。

SELECT units.*
FROM units
WHERE kind = '乡镇政协联络组'
  AND name IN ('大阳镇政协联络组', '周村镇政协联络组', '高都镇政协联络组')
  AND method IS NOT NULL
