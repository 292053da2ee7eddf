-- check: issued_briefs_have_number_and_day
-- title: 编发信息有期号和日期
-- order: 9004
-- severity: reject
-- expect: 期号和编发日期应同时填写；请补填

SELECT brief_no, issue_no, issued_on, _file, _sheet, _row
FROM opinion_briefs
WHERE (issue_no IS NULL) <> (issued_on IS NULL)
ORDER BY _file, _sheet, _row
