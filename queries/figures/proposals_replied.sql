-- figure: proposals_replied
-- title: 办复提案
-- section: 三、民生福祉/提案信息
-- order: 3202
-- value: count(*)
-- unit: 件
-- basis: 办复率的分子
-- note: 立案提案中，主办单位在截止日以前已首次答复的件数；二次答复的仍计一件。

SELECT proposals.*
FROM proposals CROSS JOIN edition
WHERE review_result = '立案'
  AND session = proposal_session
  AND reviewed_on BETWEEN year_first AND year_last
  AND replied_on <= cut_off
