-- check: adopted_briefs_were_sent
-- title: 采用的信息先已报送
-- order: 9005
-- severity: warn
-- expect: 被上级政协采用的信息应有报送上级政协的记录；请核对信息报送

SELECT brief_no, level, publication, adopted_on, _file, _sheet, _row
FROM brief_adoptions
WHERE level <> '县委县政府'
  AND NOT EXISTS (
    SELECT 1 FROM brief_sendings
    WHERE brief_sendings.brief_no = brief_adoptions.brief_no
      AND brief_sendings.level <> '县委县政府')
ORDER BY _file, _sheet, _row
