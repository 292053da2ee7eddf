-- figure: suggestion_bills_and_sqmy_by_groups
-- title: 党派团体、界别建议案和社情民意信息
-- section: 四、凝聚共识/团结协作
-- order: 4103
-- value: count(*)
-- unit: 件
-- says: 建议案和社情民意信息{}件
-- note: 本届会议以来党派团体、界别提出的建议案与反映的社情民意信息之和；信息以收到为准，不论是否编发。

SELECT '建议案' AS record, bill_no AS record_no, title, body_kind AS author_kind, submitted_on AS submitted_on,
  suggestion_bills._file, suggestion_bills._sheet, suggestion_bills._row
FROM suggestion_bills CROSS JOIN edition
WHERE body_kind IN ('党派团体', '界别')
  AND submitted_on BETWEEN session_first AND session_last
UNION ALL
SELECT '社情民意信息', brief_no, title, reporter_kind, received_on,
  opinion_briefs._file, opinion_briefs._sheet, opinion_briefs._row
FROM opinion_briefs CROSS JOIN edition
WHERE reporter_kind IN ('党派团体', '界别')
  AND received_on BETWEEN session_first AND session_last
