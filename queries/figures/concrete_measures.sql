-- figure: concrete_measures
-- title: “我为群众办实事”具体措施
-- section: 一、政治引领/以史为鉴
-- order: 1207
-- value: count(*)
-- unit: 条
-- says: {}条具体措施
-- note: “我为群众办实事”各项履职清单下的措施，一条计一条；其他活动的清单不计。

SELECT duty_measures.*
FROM duty_measures
  JOIN duty_lists ON duty_lists.list_no = duty_measures.list_no
  CROSS JOIN edition
WHERE practice = '我为群众办实事'
  AND issued_on BETWEEN year_first AND year_last
