-- figure: duty_list_items
-- title: “我为群众办实事”履职清单
-- section: 一、政治引领/以史为鉴
-- order: 1206
-- value: count(*)
-- unit: 项
-- says: {}项履职清单
-- note: 按清单计：一份清单为一项；清单下的措施另计为“具体措施”。

SELECT duty_lists.*
FROM duty_lists CROSS JOIN edition
WHERE practice = '我为群众办实事'
  AND issued_on BETWEEN year_first AND year_last
