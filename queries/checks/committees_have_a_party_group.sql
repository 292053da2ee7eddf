-- check: committees_have_a_party_group
-- title: 专委会有党小组
-- order: 9010
-- severity: warn
-- expect: 每个专委会应有一个在运行的党小组；请核对单位与组织的“上级单位”

SELECT committee.name, committee._file, committee._sheet, committee._row
FROM units AS committee CROSS JOIN edition
WHERE committee.kind = '专委会'
  AND (committee.end_on IS NULL OR committee.end_on > cut_off)
  AND (
    SELECT count(*) FROM units AS party_group
    WHERE party_group.kind = '专委会党小组'
      AND party_group.parent = committee.name
      AND (party_group.start_on IS NULL OR party_group.start_on <= cut_off)
      AND (party_group.end_on IS NULL OR party_group.end_on > cut_off)) <> 1
ORDER BY committee._file, committee._sheet, committee._row
