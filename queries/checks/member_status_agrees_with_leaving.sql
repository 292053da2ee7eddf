-- check: member_status_agrees_with_leaving
-- title: 委员状态与离任日期一致
-- order: 9011
-- severity: reject
-- expect: 状态为离任的应有离任日期，在任的不应有；请改正

SELECT member_no, status, left_on, _file, _sheet, _row
FROM members
WHERE (status = '离任') <> (left_on IS NOT NULL)
ORDER BY _file, _sheet, _row
