-- figure: written_speeches
-- title: 党派团体、界别书面发言
-- section: 四、凝聚共识/团结协作
-- order: 4102
-- value: count(*)
-- unit: 篇
-- says: 书面发言{}篇
-- note: 本届会议以来以党派团体或界别名义所作的书面发言；口头发言和专委会的发言不计。

SELECT speeches.*
FROM speeches CROSS JOIN edition
WHERE mode = '书面'
  AND speaker_kind IN ('党派团体', '界别')
  AND delivered_on BETWEEN session_first AND session_last
