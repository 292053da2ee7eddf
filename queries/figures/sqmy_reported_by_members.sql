-- figure: sqmy_reported_by_members
-- title: 反映社情民意信息
-- section: 五、自身建设/队伍建设
-- order: 5206
-- value: count(*)
-- unit: 条
-- highlight: yes
-- says: 共反映社情民意信息{}条
-- says: 反映社情民意信息{}条
-- note: 全年收到的全部社情民意信息，不论反映主体和是否编发；是报送和采用的基数。

SELECT opinion_briefs.*
FROM opinion_briefs CROSS JOIN edition
WHERE received_on BETWEEN year_first AND year_last
