-- figure: special_and_counterpart_consultations
-- title: 专题议政、对口协商
-- section: 二、主责主业/专题协商
-- order: 2203
-- value: count(*)
-- unit: 次
-- highlight: yes
-- says: 组织开展专题议政、对口协商{}次
-- says: 专题议政、对口协商{}次
-- note: 专题议政与对口协商合计，一场计一次。

SELECT consultations.*
FROM consultations CROSS JOIN edition
WHERE kind IN ('专题议政', '对口协商')
  AND held_on BETWEEN year_first AND year_last
