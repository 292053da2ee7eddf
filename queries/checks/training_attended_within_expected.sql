-- check: training_attended_within_expected
-- title: 培训实到不多于应到
-- order: 9007
-- severity: reject
-- expect: 实到人数不应多于应到人数；请核对

SELECT training_no, name, expected, attended, _file, _sheet, _row
FROM trainings
WHERE attended > expected
ORDER BY _file, _sheet, _row
