-- view: session_proposals
-- title: 本届次提案中全年时段内审查的（立案和未立案）

SELECT proposals.*
FROM proposals CROSS JOIN edition
WHERE session = proposal_session
  AND reviewed_on BETWEEN year_first AND year_last
