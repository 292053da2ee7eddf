-- check: micro_teams_have_a_party_member
-- title: 微团队有中共党员委员
-- order: 9009
-- severity: warn
-- expect: 每个在运行的微团队至少应有一名在任的中共党员委员；请核对委员表的“微团队”

SELECT units.name, units._file, units._sheet, units._row
FROM units CROSS JOIN edition
WHERE kind = '微团队'
  AND (start_on IS NULL OR start_on <= cut_off)
  AND (end_on IS NULL OR end_on > cut_off)
  AND NOT EXISTS (
    SELECT 1 FROM members
    WHERE micro_team = units.name
      AND party = '中共'
      AND joined_on <= cut_off
      AND (left_on IS NULL OR left_on > cut_off))
ORDER BY units._file, units._sheet, units._row
