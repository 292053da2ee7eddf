-- check: proposal_dates_in_order
-- title: 提案日期先后
-- order: 9001
-- severity: reject
-- expect: 收到、审查、交办、答复、二次答复的日期应依次不早于前一个，有二次答复的应有答复日期；请核对日期

SELECT session, proposal_no, received_on, reviewed_on, assigned_on, replied_on, second_reply_on, _file, _sheet, _row
FROM proposals
WHERE reviewed_on < received_on
  OR assigned_on < reviewed_on
  OR replied_on < coalesce(assigned_on, reviewed_on)
  OR second_reply_on < replied_on
  OR second_reply_on IS NOT NULL AND replied_on IS NULL
ORDER BY _file, _sheet, _row
