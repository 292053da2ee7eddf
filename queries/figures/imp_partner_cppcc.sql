-- figure: imp_partner_cppcc
-- title: 点名交流的兄弟政协
-- section: 四、凝聚共识/联谊交流
-- order: 4201
-- value: count(DISTINCT partner)
-- unit: 个
-- claim: 携手联合忻州市、霍州市、晋源区、吉县、芮城县等兄弟市县政协学习交流
-- at_least: 5
-- note: 报告点名的五个兄弟政协都应有交流记录。

SELECT exchanges.*
FROM exchanges CROSS JOIN edition
WHERE partner IN ('忻州市政协', '霍州市政协', '晋源区政协', '吉县政协', '芮城县政协')
  AND held_on BETWEEN year_first AND year_last
