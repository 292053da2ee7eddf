-- figure: imp_committees_named
-- title: 点名开展调研视察的专委会
-- section: 三、民生福祉/调研视察
-- order: 3101
-- value: count(DISTINCT committee)
-- unit: 个
-- claim: 经济委、教科卫体委、社会法制委、文化文史和学习委、农业和农村委各就一个课题调研视察
-- at_least: 5
-- note: 报告点名的五个专委会都应有所述课题的调研视察记录；六个专委会中未点名的是提案委员会。

SELECT surveys.*
FROM surveys CROSS JOIN edition
WHERE start_on BETWEEN year_first AND year_last
  AND (committee = '经济委员会' AND topic = '数字经济赋能传统产业发展'
    OR committee = '教科卫体委员会' AND topic = '医疗卫生一体化改革'
    OR committee = '社会法制委员会' AND topic = '工会组织依法维护职工权益'
    OR committee = '文化文史和学习委员会' AND topic = '康养夏养“泽州品牌”建设'
    OR committee = '农业和农村委员会' AND topic = '农林文旅康融合现状')
