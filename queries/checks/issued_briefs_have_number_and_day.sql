-- check: issued_briefs_have_number_and_day
-- title: 编发的信息有期号和日期
-- order: 9004
-- severity: reject
-- expect: 处理为编发的应填期号和编发日期，其他的不应填；请核对

SELECT brief_no, handling, issue_no, issued_on, _file, _sheet, _row
FROM opinion_briefs
WHERE (handling = '编发') <> (issue_no IS NOT NULL)
  OR (handling = '编发') <> (issued_on IS NOT NULL)
ORDER BY _file, _sheet, _row
