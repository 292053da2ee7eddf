-- figure: members_as_supervisors
-- title: 受邀担任政风行风民主监督员
-- section: 五、自身建设/队伍建设
-- order: 5208
-- value: count(DISTINCT member_no)
-- unit: 名
-- says: {}名委员受邀担任政风、行风民主监督员
-- says: {}名委员受邀担任
-- note: 年内在聘的委员人数，一名委员受几个单位聘请只计一名。

SELECT appointments.*
FROM appointments CROSS JOIN edition
WHERE role = '政风行风民主监督员'
  AND start_on <= year_last
  AND (end_on IS NULL OR end_on >= year_first)
