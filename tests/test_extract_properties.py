"""What holds for any text: nothing raises, findings fit text and schema, the same text gives the same."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import CANDIDATE, Entity
from loaders.build import named_by
from loaders.explain import explain, explanation_json, explanation_lines
from loaders.extract import Extraction, extract, extraction_json
from loaders.text import SourceText
from schema.values import parse_amount, parse_date
from tests.marked_texts import SCHEMA, source
from tests.sentences import KNOWN

NAMES = tuple(sorted(entity.name for entity in KNOWN.entities.values()))
WORDS = (
    *(
        "the",
        "a",
        "its",
        "two",
        "both",
        "no",
        "and",
        "or",
        "as well as",
        "of",
        "from",
        "to",
        "in",
        "at",
        "with",
    ),
    *(
        "by",
        "for",
        "under",
        "which",
        "who",
        "whose",
        "that",
        "if",
        "while",
        "said",
        "it",
        "she",
        "they",
        "we",
    ),
    *("was", "were", "is", "has", "have been", "will", "may", "did not", "never", "to be", "being", "having"),
    *(
        "supports",
        "support",
        "launched",
        "held",
        "led",
        "signed",
        "urged",
        "gave",
        "trained",
        "training",
        "met",
    ),
    *("joined", "working", "hosted", "founded", "taking part", "present", "announced", "seized", "sailed"),
    *(
        "countries",
        "officers",
        "boats",
        "Director",
        "head",
        "unit",
        "Unit",
        "workshop",
        "including",
        "such as",
    ),
    *(
        "government",
        "Participants",
        "respectively",
        "member",
        "partnership",
        "delegation",
        "minister",
        "Col.",
    ),
    *(
        "Wreck Research Unit",
        "Sand Agency",
        "Operation Driftwood",
        "Kelp Security Forum",
        "Wendy Crabb",
        "344",
    ),
    *("$5 million", "3 May 2022", "in 2020", "last year", "fiscal year 2023", "firearms", "drug trafficking"),
)
MARKS = (
    ",",
    ".",
    ". ",
    ";",
    ":",
    "(",
    ")",
    "[",
    "]",
    "“",
    "”",
    "’s",
    "–",
    " — ",
    "?",
    "\n\n",
    "\n- ",
    "\n1. ",
    "# ",
)
PIECES = st.sampled_from((*NAMES, *NAMES, *WORDS, *MARKS, "(HA)", "We will:\n\n- ", "|", "🌊", "…", "’"))
MIXTURES = st.lists(PIECES, max_size=50).map(" ".join)
# Names that the register does not know, in clauses that make them real and in others, in any order.
UNIT, OPERATION, FORUM = "Wreck Research Unit", "Operation Driftwood", "Kelp Security Forum"
DIALOGUE, DECLARATION = "Third Kelp Dialogue", "Kelp Declaration on Tides"
CLAUSES = (
    f"We, the {UNIT} and the Government of Tidelandia, adopt this text.",
    f"We, the Governments of Tidelandia and Reefland and the {UNIT}, met in Port Kelp.",
    f"The {UNIT} is part of the Tide Council.",
    f"The {UNIT} supports {OPERATION} and trained 30 officers.",
    f"The {UNIT} delegation to the {FORUM} included Ada Kelp.",
    f"The Harbour Agency led {OPERATION} in 2020.",
    f"In 2020, {OPERATION} seized 12 rifles.",
    f"The {UNIT} and {OPERATION} seized 344 firearms at the {FORUM}.",
    f"Tidelandia hosted the {FORUM}.",
    f"Reefland took part in the {DIALOGUE}.",
    f"Tidelandia and Reefland signed the {DECLARATION} on 4 May 2020.",
    f"The {FORUM} adopted the {DECLARATION}. It was held in Port Kelp.",
    f"Wendy Crabb, the Director of the Harbour Agency, attended the {DIALOGUE}.",
    f"Wendy Crabb led {OPERATION}, which netted $5 million.",
    f"The participants intend to:\n\n- Support the {UNIT} by 2030.\n- Fund {OPERATION}.",
)
PROMOTABLE = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=7).map("\n\n".join)
TITLES = st.sampled_from(("Notes of the harbour", DECLARATION, f"Joint Statement of the {DIALOGUE}", FORUM))
ANYTHING = st.text(max_size=120)


def read(text: str, title: str = "Notes of the harbour") -> tuple[SourceText, Extraction]:
    document = source(text, title, published="2022-06-15")
    return document, extract(document, KNOWN, SCHEMA)


def types(entity: Entity) -> tuple[str, ...]:
    """Types of an entity; of a candidate the proposed one."""
    proposed = entity.properties.get("proposedType")
    return (str(proposed),) if proposed else entity.types


def check(document: SourceText, found: Extraction) -> None:
    text = document.text
    known: Mapping[str, Entity] = {
        **KNOWN.entities,
        **{entity.id: entity for entity in found.entities},
        document.entity.id: document.entity,
    }
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert mention.entity in known
    assert [m.start for m in found.mentions] == sorted(m.start for m in found.mentions)
    for statement in found.statements:
        predicate = SCHEMA.predicates[statement.predicate]
        assert statement.subject != statement.object
        assert SCHEMA.fits(types(known[statement.subject]), predicate.domain)
        if statement.object:
            assert SCHEMA.fits(types(known[statement.object]), predicate.range)
        else:
            assert statement.value is not None
            assert predicate.datatype is not None
        assert statement.evidence
        for evidence in statement.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote
            assert evidence.verified
            assert 0 < evidence.confidence <= 1
        if "date" in statement.qualifiers:
            parse_date(statement.qualifiers["date"])
        if "amount" in statement.qualifiers:
            parse_amount(statement.qualifiers["amount"])
        assert set(named_by(SCHEMA, statement)) <= set(known)
        if any(types(known[end]) != known[end].types for end in (statement.subject, statement.object) if end):
            assert statement.status == CANDIDATE
    for figure in found.figures:
        assert 0 <= figure.start < figure.end <= len(text)
        assert set(figure.attributed_to) <= set(known)
    for candidate in found.candidates:
        assert text[candidate.start : candidate.end].strip()
        assert candidate.why


def check_record(document: SourceText, found: Extraction) -> None:
    record = extraction_json(found, document, KNOWN)
    assert json.loads(json.dumps(record)) == record
    assert len(record["mentions"]) + len(record["topics"]) == len(found.mentions)
    waiting = {e.id for e in found.entities if "Candidate" in e.types}
    assert {m["entity"] for m in record["mentions"] if m.get("status")} == waiting & {
        m.entity for m in found.mentions
    }


@settings(max_examples=120, deadline=None)
@given(MIXTURES)
def test_findings_in_any_mixture_of_words_fit_schema_and_text(text: str) -> None:
    document, found = read(text)
    check(document, found)
    check_record(document, found)
    assert extract(document, KNOWN, SCHEMA) == found


@settings(max_examples=200, deadline=None)
@given(PROMOTABLE, TITLES)
def test_every_id_is_that_of_an_entity_also_where_candidates_become_real(text: str, title: str) -> None:
    document, found = read(text, title)
    check(document, found)
    check_record(document, found)


@settings(max_examples=80, deadline=None)
@given(ANYTHING)
def test_findings_in_any_text_fit_schema_and_text(text: str) -> None:
    check(*read(text))


@settings(max_examples=40, deadline=None)
@given(MIXTURES)
def test_any_sentence_can_be_explained_and_fires_what_is_extracted(text: str) -> None:
    document, found = read(text)
    explained = list(explain(document, KNOWN, SCHEMA))
    for one in explained:
        assert " ".join(text[one.start : one.end].split()) == one.text
        assert json.loads(json.dumps(explanation_json(one)))["text"] == one.text
        assert "\n".join(explanation_lines(one)).startswith(f"{one.start}-{one.end}  ")
    fired = {(f.statement.id, f.evidence) for e in explained for f in e.found}
    assert fired <= {(s.id, e) for s in found.statements for e in s.evidence}


@settings(max_examples=15, deadline=None)
@given(st.lists(MIXTURES, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_what_a_document_says_does_not_hang_on_those_read_before_it(texts: list[str], random: Random) -> None:
    first = [read(text)[1] for text in texts]
    order = list(range(len(texts)))
    random.shuffle(order)
    again = {index: read(texts[index])[1] for index in order}
    assert [again[index] for index in range(len(texts))] == first


# --- one run and another --------------------------------------------------------------------------------

TEXT = """# The First Tide Conference

Tidelandia, Reefland and Kelpia attended the First Tide Conference in Port Kelp on 3 May 2022. The Harbour
Agency and the Wave Agency, together with the Reef Unit, launched the Wave Register. Director Wendy Crabb of
the Harbour Agency and Ada Kelp spoke. The Kelp Intelligence Unit of the Wave Agency seized 344 firearms.

The Harbour Agency hosted a workshop. The workshop was opened by Bo Ray. The two agencies support the unit.

We will:

- Support the Reef Unit by 2030.
- Sign the Reef Treaty.
"""


def digest() -> str:
    document, found = read(TEXT)
    record = extraction_json(found, document, KNOWN)
    explained = [explanation_json(one) for one in explain(document, KNOWN, SCHEMA)]
    return hashlib.sha256(f"{json.dumps([record, explained])}{found!r}".encode()).hexdigest()


def test_another_process_with_other_hashes_says_the_same() -> None:
    command = [sys.executable, "-c", "from tests.test_extract_properties import digest; print(digest())"]
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    done = subprocess.run(
        command,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest()
