-- check: imp_sqmy_titles_named
-- title: 点名的批示信息
-- section: 三、民生福祉/提案信息
-- order: 3251
-- severity: warn
-- claim: 《农村基层医疗机构疫情防控有漏洞亟需高度重视解决》《生猪价格下跌造成的系列风险应引起高度重视》等信息被县委主要领导批示
-- expect: 报告点名的信息应有县委主要领导的批示记录；请核对标题和批示台账
-- note: 报告点名的两篇都应在县委主要领导批示的信息之内。

SELECT title
FROM (VALUES
  ('农村基层医疗机构疫情防控有漏洞亟需高度重视解决'),
  ('生猪价格下跌造成的系列风险应引起高度重视')) AS named (title)
WHERE title NOT IN (
  SELECT opinion_briefs.title
  FROM opinion_briefs
    JOIN brief_instructions ON brief_instructions.brief_no = opinion_briefs.brief_no
    CROSS JOIN edition
  WHERE leader_level = '县委主要领导'
    AND instructed_on BETWEEN year_first AND year_last)
ORDER BY title
