-- check: consultation_headcounts
-- title: 协商到会委员不多于参加人数
-- order: 9014
-- severity: reject
-- expect: 协商的参加人数不应少于出席明细里到会的委员数；请核对人数或出席明细

SELECT consultations.consultation_no, consultations.topic, participants, present, consultations._file, consultations._sheet, consultations._row
FROM consultations
  JOIN (
    SELECT consultation_no, count(*) AS present
    FROM consultation_attendance
    WHERE attendance = '到会'
    GROUP BY consultation_no) AS attended ON attended.consultation_no = consultations.consultation_no
WHERE participants < present
ORDER BY consultations._file, consultations._sheet, consultations._row
