// title: Commitments by how they are worded
// purpose: >
//   Pledges with the force of their wording: a plain commitment or pledge, an agreement, or only an encouragement,
//   request, call, urging, invitation or reliance; of all dialogues or one.
// question: Which commitments are only requests?
// parameters:
//   modality: {kind: choice, choices: [commit, pledge, agree, encourage, request, call-upon, urge, invite, rely], help: Only pledges worded so}
//   dialogue: {kind: entity, types: [Dialogue], help: Only commitments of this dialogue}
// columns:
//   commitment: {kind: entity, types: [Commitment], help: The commitment}
//   modality: {kind: text, help: How it is worded}
//   number: {kind: text, help: Its number in the text}
//   summary: {kind: text, help: What is pledged}
//   dialogue: {kind: entity, types: [Dialogue], help: Where it was made}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [commitment]
// example: {modality: request}
// phrases:
//   - {say: "<commit> [{dialogue}] [only|just|merely] (encourage|encouragement) [{dialogue}]", given: {modality: encourage}}
//   - {say: "<commit> [{dialogue}] [only|just|merely] request [{dialogue}]", given: {modality: request}}
//   - {say: "<commit> [{dialogue}] [only|just|merely] call upon [{dialogue}]", given: {modality: call-upon}}
//   - {say: "<commit> [{dialogue}] [only|just|merely] (invite|invitation) [{dialogue}]", given: {modality: invite}}
//   - {say: "<commit> [{dialogue}] [only|just|merely] urge [{dialogue}]", given: {modality: urge}}
//   - {say: "<commit> [{dialogue}] [only|just|merely] rely [{dialogue}]", given: {modality: rely}}
//   - {say: "<commit> [{dialogue}] (modality|force) [{dialogue}]", answer: [modality]}
//   - {say: "(modality|force) <commit> [{dialogue}]", answer: [modality]}

MATCH (c:Commitment)<-[r:COMMITS_TO]-(d:Dialogue)
WHERE c.modality IS NOT NULL AND ($modality IS NULL OR c.modality = $modality)
  AND ($dialogue IS NULL OR d.id = $dialogue) /* clocks: r */
RETURN c {.id, .name, type: c.types[0]} AS commitment, c.modality AS modality, c.number AS number, c.summary AS summary,
       d {.id, .name, type: d.types[0]} AS dialogue, [r.id] AS statements
ORDER BY modality, commitment.id, dialogue.id
