-- check: meeting_attended_within_expected
-- title: 会议实到不多于应到
-- order: 9008
-- severity: reject
-- expect: 实到人数不应多于应到人数；请核对

SELECT meeting_no, kind, expected, attended, _file, _sheet, _row
FROM meetings
WHERE attended > expected
ORDER BY _file, _sheet, _row
