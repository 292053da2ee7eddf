-- figure: assisted_households
-- title: 帮扶脱贫家庭
-- section: 三、民生福祉/扶贫济困
-- order: 3303
-- value: count(DISTINCT household_no)
-- unit: 户
-- says: 为范谷坨村{}户脱贫家庭
-- says: {}户脱贫家庭
-- note: 范谷坨村脱贫家庭的户数，一户有几人也只计一户。

SELECT assistance_persons.*
FROM assistance_persons CROSS JOIN edition
WHERE village = '范谷坨村'
  AND kind = '脱贫家庭'
  AND assisted_on BETWEEN year_first AND year_last
