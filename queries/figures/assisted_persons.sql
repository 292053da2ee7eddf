-- figure: assisted_persons
-- title: 帮扶受灾群众
-- section: 三、民生福祉/扶贫济困
-- order: 3304
-- value: count(DISTINCT person_no)
-- unit: 名
-- quote: 余 10
-- says: {}名受灾群众义诊送药、捐款捐物
-- says: {}名受灾群众
-- note: 范谷坨村受灾群众的人数，一人受帮扶几次只计一名。

SELECT assistance_persons.*
FROM assistance_persons CROSS JOIN edition
WHERE village = '范谷坨村'
  AND kind = '受灾群众'
  AND assisted_on BETWEEN year_first AND year_last
