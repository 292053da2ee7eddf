-- check: member_status_agrees_with_leaving
-- title: 委员状态与离任日期一致
-- order: 9011
-- severity: reject
-- expect: 状态应是截止日的状态：离任的离任日期不晚于截止日，在任的没有或在其后；请改正

SELECT member_no, status, left_on, _file, _sheet, _row
FROM members CROSS JOIN edition
WHERE (status = '离任') <> (left_on IS NOT NULL AND left_on <= cut_off)
ORDER BY _file, _sheet, _row
