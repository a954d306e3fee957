// title: Documents in order
// purpose: >
//   Documents in the order of publication, those without a date at the end, with publisher, kind and the number of
//   accepted statements that rest on each, mentions aside; all or one.
// question: In which order were the documents published?
// parameters:
//   document: {kind: entity, types: [Document], help: Only this document}
// columns:
//   document: {kind: entity, types: [Document], help: The document}
//   published: {kind: date, help: When it came out}
//   publisher: {kind: text, help: Who published it}
//   kind: {kind: text, help: "What kind of text it is: joint statement, press release, news story …"}
//   count: {kind: number, help: How many statements rest on it}
//   statements: {kind: statements, help: Ids of these statements}
// answer: [document]
// example: {}
// wording: row
// phrases:
//   - "(order|sequence) (document|source|text) (published|released|issued|come out|came out|appear)"
//   - "(order|sequence|chronology) (document|source|text)"
//   - "(document|source|text) (in order of publication|by date of publication|in chronological order|chronologically)"
//   - {say: "<when> {document} (published|released|issued|come out|came out|appear)", answer: [published]}
//   - {say: "(publication date|date of publication) {document}", answer: [published]}
//   - {say: "who (published|released|issued|put out) {document}", answer: [publisher]}
//   - {say: "publisher {document}", answer: [publisher]}
//   - {say: "{document} (published|released|issued|put out) by", answer: [publisher]}
//   - {say: "what kind of (document|text|source) {document}", answer: [kind]}
//   - "(document|source|text) (published|released|issued) by {publisher}"
//   - "(document|source|text) {publisher} (published|released|issued)"

MATCH (d:Document)<-[:FROM]-(:Evidence)-[:EVIDENCE_FOR]->(s:Statement {status: 'accepted'})
WHERE s.predicate <> 'MENTIONS' AND ($document IS NULL OR d.id = $document) /* clocks: s */ /* published: d */
WITH DISTINCT d, s ORDER BY s.id
WITH d, count(s) AS count, collect(s.id) AS statements
RETURN d {.id, .name, type: d.types[0]} AS document, d.published AS published, d.publisher AS publisher, d.kind AS kind,
       count, statements
ORDER BY published, document.id
