-- figure: imp_party_systems_named
-- title: 点名的党建制度
-- section: 一、政治引领/以党建促履职
-- order: 1301
-- value: count(DISTINCT title)
-- unit: 项
-- claim: 制定完善党组议事规则、党建专项述职评议制度、党组成员联系界别党员委员制度、党组抓党建工作责任制等制度性文件
-- at_least: 4
-- note: 报告点名的四项都应在规章制度台账里，类别为党建。

SELECT systems.*
FROM systems CROSS JOIN edition
WHERE category = '党建'
  AND action IN ('制定', '修订')
  AND title IN ('党组议事规则', '党建专项述职评议制度', '党组成员联系界别党员委员制度', '党组抓党建工作责任制')
  AND issued_on BETWEEN year_first AND year_last
