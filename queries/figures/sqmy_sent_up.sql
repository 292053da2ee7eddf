-- figure: sqmy_sent_up
-- title: 向上级政协报送信息
-- section: 三、民生福祉/提案信息
-- order: 3205
-- value: count(DISTINCT brief_no)
-- unit: 篇
-- highlight: yes
-- says: 向上级政协报送信息{}篇
-- says: 报送信息{}篇
-- note: 报送市、省、全国政协的信息篇数；同一篇报送几级只计一篇；只报县委、县政府的不计；按报送日期计，不论何时收到。

SELECT brief_sendings.*
FROM brief_sendings CROSS JOIN edition
WHERE level IN ('市政协', '省政协', '全国政协')
  AND sent_on BETWEEN year_first AND year_last
