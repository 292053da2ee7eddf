-- check: training_headcounts_agree
-- title: 培训实到人数与签到一致
-- order: 9006
-- severity: reject
-- expect: 实到人数应等于培训出席中“到会”的记录数；请核对人数或签到

SELECT trainings.training_no, trainings.name, trainings.attended, count(training_attendance.member_no) AS signed_in,
  trainings._file, trainings._sheet, trainings._row
FROM trainings
  LEFT JOIN training_attendance ON training_attendance.training_no = trainings.training_no AND attendance = '到会'
GROUP BY trainings.training_no, trainings.name, trainings.attended, trainings._file, trainings._sheet, trainings._row
HAVING count(training_attendance.member_no) <> trainings.attended
ORDER BY trainings._file, trainings._sheet, trainings._row
