// title: What a state or body is a member or part of
// purpose: Programs and organizations of which it is a member, and bodies of which it is a part.
// question: Which programs is Jamaica a member of?
// parameters:
//   member: {kind: entity, types: [Country, Organization, Program], required: true, help: State or body}
// columns:
//   organization: {kind: entity, types: [Organization, Program], help: Program or organization}
//   relation: {kind: text, help: Member or part}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [organization]
// example: {member: Jamaica}
// phrases:
//   - "{kind} (count|number|list|have|has|include) {member} (among|as) <member>"
//   - "{kind} {member} (<belong>|member|member of|part|part of|belong)"
//   - "{member} (<belong>|member of|part of|belong to) [what|which] {kind}"
//   - "(to|of|in) {kind} {member} (belong|part|member|sit|situated|located)"
//   - "what {member} (<member> of|part of|belong to|belong)"
//   - "(membership|memberships) {member}"
//   - "{kind} (parent|above|directly above|over) {member}"
//   - "(parent organization|parent body|parent) {member}"
//   - "{kind} {member} (sit in|sits in|housed in|inside|within)"

MATCH (m:Entity {id: $member})-[r:MEMBER_OF|PART_OF]->(o:Entity)
WHERE true /* clocks: r */
RETURN o {.id, .name, type: o.types[0]} AS organization, type(r) AS relation, collect(r.id) AS statements
ORDER BY organization.id, relation
