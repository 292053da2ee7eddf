-- figure: proposals_filed
-- title: 立案提案
-- section: 三、民生福祉/提案信息
-- order: 3201
-- value: count(*)
-- unit: 件
-- highlight: yes
-- says: 全年立案提案{}件
-- says: 立案提案{}件
-- says: 立案{}件
-- note: 本届次（会议和平时）提案中，审查结果为立案且审查日期在全年时段内的件数；并案计入主案，不另计件；不立案、转信、转为社情民意信息和撤案的不计。

SELECT proposals.*
FROM proposals CROSS JOIN edition
WHERE review_result = '立案'
  AND session = proposal_session
  AND reviewed_on BETWEEN year_first AND year_last
