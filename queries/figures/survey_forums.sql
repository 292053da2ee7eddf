-- figure: survey_forums
-- title: 调研座谈
-- section: 二、主责主业/专题协商
-- order: 2201
-- value: count(*)
-- unit: 场
-- says: 精心组织{}场调研座谈
-- says: {}场调研座谈
-- note: 只计“投资领域竞争优势和制约短板”这一课题的调研座谈。

SELECT consultations.*
FROM consultations CROSS JOIN edition
WHERE kind = '调研座谈'
  AND topic = '投资领域竞争优势和制约短板'
  AND held_on BETWEEN year_first AND year_last
