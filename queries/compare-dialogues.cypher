// title: What one dialogue had and another had not
// purpose: >
//   Topics or participants of one dialogue that the other lacks. With a document, only what it says of a dialogue
//   counts, where it says anything of it; a topic can be left aside with its narrower ones.
// question: Which topic of the ninth dialogue is missing from the eleventh?
// parameters:
//   dialogue: {kind: entity, types: [Event], required: true, help: The dialogue that had it}
//   other: {kind: entity, types: [Event], required: true, help: The dialogue that lacks it}
//   aspect: {kind: choice, choices: [topics, participants], default: topics, help: What is compared}
//   document: {kind: entity, types: [Document], help: Whose account counts}
//   except: {kind: entity, types: [Topic], help: Topic to leave aside}
// columns:
//   entity: {kind: entity, types: [Topic, Country, Organization, Person], help: Topic or participant}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {dialogue: ninth dialogue, other: eleventh dialogue}
// phrases:
//   - {say: "[<except> {except}] {kind} {dialogue} <missing> [<agenda>] [{document}] {other} [<agenda>]", given: {aspect: topics}}
//   - {say: "[<except> {except}] {kind} {dialogue} <missing> [<agenda>] {other} {document}", given: {aspect: topics}}
//   - {say: "(leave|leaving|set|setting|put|putting) {except} aside {kind} {dialogue} <missing> [<agenda>] [{document}] {other} [<agenda>]", given: {aspect: topics}}
//   - {say: "{kind} {dialogue} <missing> [<agenda>] [{document}] {other} [<except> {except}]", given: {aspect: topics}}
//   - {say: "{kind} <discuss> {dialogue} <missing> {other} [{document}]", given: {aspect: topics}}
//   - {say: "{kind} (new|added) {dialogue} [compared|relative|contrast] {other} [{document}]", given: {aspect: topics}}
//   - {say: "{kind} {dialogue} <discuss> <missing> {other} [{document}]", given: {aspect: topics}}
//   - {say: "{kind} <take-part> {dialogue} <missing> {other}", given: {aspect: participants}}
//   - {say: "{kind} <participant> {dialogue} <missing> {other}", given: {aspect: participants}}
//   - {say: "<participant> {dialogue} <missing> {other}", given: {aspect: participants}}

MATCH (d:Entity {id: $dialogue}), (o:Entity {id: $other})
WITH d, o, CASE $aspect WHEN 'topics' THEN 'ADDRESSES' ELSE 'PARTICIPATED_IN' END AS predicate
WITH d, o, predicate,
     EXISTS {
       MATCH (d)<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(doc:Entity {id: $document})
       WHERE s.predicate = predicate /* clocks: s */ /* published: doc */
     } AS narrow,
     EXISTS {
       MATCH (o)<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(doc:Entity {id: $document})
       WHERE s.predicate = predicate /* clocks: s */ /* published: doc */
     } AS narrowOther
MATCH (d)-[r:ADDRESSES|PARTICIPATED_IN]-(x:Entity)
WHERE type(r) = predicate /* clocks: r */
  AND (NOT narrow OR EXISTS {
    MATCH (:Statement {id: r.id})<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(doc:Entity {id: $document})
    WHERE true /* published: doc */
  })
  AND NOT EXISTS {
    MATCH (x)-[q:ADDRESSES|PARTICIPATED_IN]-(o)
    WHERE type(q) = predicate /* clocks: q */ AND (NOT narrowOther OR EXISTS {
      MATCH (:Statement {id: q.id})<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(doc:Entity {id: $document})
      WHERE true /* published: doc */
    })
  }
  AND NOT EXISTS { MATCH (x)-[:BROADER*0..5]->(:Entity {id: $except}) }
RETURN x {.id, .name, type: x.types[0]} AS entity, collect(DISTINCT r.id) AS statements
ORDER BY entity.id
