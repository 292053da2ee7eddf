-- check: brief_dates_in_order
-- title: 信息先收到、再报送、后采用
-- order: 9013
-- severity: reject
-- expect: 报送日期不应早于收到日期，上级政协的采用日期不应早于最早的报送日期；请核对日期
-- note: 因此采用的不多于报送的，报送的不多于收到的。

SELECT '报送' AS step, brief_sendings.brief_no, received_on AS before, sent_on AS after, brief_sendings._file, brief_sendings._sheet, brief_sendings._row
FROM brief_sendings
  JOIN opinion_briefs ON opinion_briefs.brief_no = brief_sendings.brief_no
WHERE sent_on < received_on
UNION ALL
SELECT '采用', brief_adoptions.brief_no, first_sent, adopted_on, brief_adoptions._file, brief_adoptions._sheet, brief_adoptions._row
FROM brief_adoptions
  JOIN (
    SELECT brief_no, min(sent_on) AS first_sent
    FROM brief_sendings
    GROUP BY brief_no) AS sent ON sent.brief_no = brief_adoptions.brief_no
WHERE adopted_on < first_sent
ORDER BY _file, _sheet, _row
