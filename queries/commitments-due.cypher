// title: Commitments by when they are due
// purpose: >
//   Pledges with a target date that ends within a day, month, year or interval, or, with reach `by`, at its end at the
//   latest; of all dialogues or one.
// question: Which commitments are due in 2018?
// parameters:
//   period: {kind: date, help: "Day, month, year or interval"}
//   reach: {kind: choice, choices: [within, by], default: within, help: "Due within the period, or by its end"}
//   dialogue: {kind: entity, types: [Dialogue], help: Only commitments of this dialogue}
// columns:
//   commitment: {kind: entity, types: [Commitment], help: The commitment}
//   number: {kind: text, help: Its number in the text}
//   pillar: {kind: text, help: Heading under which it stands}
//   summary: {kind: text, help: What is pledged}
//   target: {kind: date, help: Target date}
//   dialogue: {kind: entity, types: [Dialogue], help: Where it was made}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [commitment]
// example: {period: "2018"}
// phrases:
//   - "<commit> [{dialogue}] [have|has|with] {period} (target|target date|deadline|due date)"
//   - "<commit> [{dialogue}] (due|fulfilled|met|completed) {period} [{dialogue}]"
//   - "<commit> [{dialogue}] (target date|deadline) {period} [{dialogue}]"
//   - {say: "<commit> [{dialogue}] (due|fulfilled|met|completed) (by|before the end of) {period} [{dialogue}]", given: {reach: by}}
//   - {say: "<commit> [{dialogue}] (target date|deadline) (by|before the end of) {period} [{dialogue}]", given: {reach: by}}
//   - "<commit> [{dialogue}] (target date|deadline) [{dialogue}]"

MATCH (c:Commitment)<-[r:COMMITS_TO]-(d:Dialogue)
WHERE c.targetDate IS NOT NULL AND ($dialogue IS NULL OR d.id = $dialogue) /* clocks: r */
WITH c, d, r, split(c.targetDate, '/')[-1] AS end
WITH c, d, r, CASE size(end) WHEN 4 THEN end + '-12-31' WHEN 7 THEN end + '-28' ELSE end END AS last
WHERE $period IS NULL OR (last <= $period.end AND ($reach = 'by' OR last >= $period.start))
RETURN c {.id, .name, type: c.types[0]} AS commitment, c.number AS number, c.pillar AS pillar, c.summary AS summary,
       c.targetDate AS target, d {.id, .name, type: d.types[0]} AS dialogue, [r.id] AS statements
ORDER BY target, commitment.id, dialogue.id
