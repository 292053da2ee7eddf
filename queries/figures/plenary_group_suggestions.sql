-- figure: plenary_group_suggestions
-- title: 全体会议联组协商意见建议
-- section: 二、主责主业/整体协商
-- order: 2101
-- value: coalesce(sum(suggestions), 0)
-- unit: 条
-- quote: 余 100
-- says: 围绕新城建设、科技创新、“六最”环境、乡村振兴、生态文明等提出{}条意见建议
-- says: 提出{}条意见建议
-- note: 本届会议以来各场全体会议联组协商记录的意见建议数之和；其他协商的意见建议不计，没有填写的按零计。

SELECT consultations.*
FROM consultations CROSS JOIN edition
WHERE kind = '全体会议联组协商'
  AND held_on BETWEEN session_first AND session_last
