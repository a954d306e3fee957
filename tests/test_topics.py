"""Topics of a passage: named, inside names, in short lists, and by the phrases of the lexicon."""

from pathlib import Path

import pytest

from graph.records import Entity
from loaders.reading import read_text
from loaders.register import read_register
from loaders.topics import TopicFinder, topic_words
from schema.errors import DataError
from tests.marked_texts import SCHEMA, entity, marked, register, source


def topics(text: str, *known: Entity) -> list[str]:
    document, entities = marked(text)
    everything = register(*entities.entities.values(), *known)
    reading = read_text(document, everything, SCHEMA)
    return [s.topic.removeprefix("topic/") for s in TopicFinder(reading).find(0, len(document.text))]


SHELLS = entity("shell smuggling", "Topic", "smuggling of shells", "traffic in shells")
PEARLS = entity("pearl smuggling", "Topic", "smuggling of pearls")
SHARING = entity("Information sharing", "Topic")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We fight shell smuggling and shell smuggling.", ["shell-smuggling"]),
        ("We fight pearl and shell smuggling.", ["pearl-smuggling", "shell-smuggling"]),
        ("We fight pearl, fish, and shell smuggling.", ["pearl-smuggling", "shell-smuggling"]),
        ("We fight smuggling of shells and pearls.", ["pearl-smuggling", "shell-smuggling"]),
        ("We love pearls. Shell smuggling is bad.", ["shell-smuggling"]),
        ("We thank the shell smuggling authorities.", []),
        ("We thank the shell smuggling and other relevant officials.", []),
        ("We will share more and better information.", ["information-sharing"]),
        ("We share. All have information.", []),
        ("We note the shared values of all.", []),
    ],
)
def test_topics_of_a_passage(text: str, wanted: list[str]) -> None:
    assert sorted(topics(text, SHELLS, PEARLS, SHARING)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The [Strategy on shell smuggling](Instrument) is new.", ["shell-smuggling"]),
        ("The [shell smuggling Working Group](Unit) is new.", ["shell-smuggling"]),
        ("The [Bureau of shell smuggling](Agency) is new.", []),
    ],
)
def test_topics_inside_names(text: str, wanted: list[str]) -> None:
    assert topics(text, SHELLS) == wanted


def test_a_subject_says_where_it_stands() -> None:
    document = source("All pearl and shell smuggling ends.")
    reading = read_text(document, register(SHELLS, PEARLS), SCHEMA)
    places = {s.topic: document.text[s.start : s.end] for s in TopicFinder(reading).find(4, 29)}
    assert places == {
        "topic/shell-smuggling": "shell smuggling",
        "topic/pearl-smuggling": "pearl and shell smuggling",
    }


def test_wordings_count_only_for_topics_of_the_register() -> None:
    assert topics("We will share information by regional cooperation.") == []


def test_the_lexicon_of_topics_tells_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "topics.yaml"
    path.write_text(
        "bodies: [agency]\nwordings: []\nphrases:\n  - {topic: topic/x, verb: [share]}\n", "utf-8"
    )
    with pytest.raises(DataError, match=r"topics\.yaml:4: "):
        topic_words(path)


@pytest.mark.parametrize("reach", ["far", "-1", "100"])
def test_a_reach_is_a_small_number(tmp_path: Path, reach: str) -> None:
    path = tmp_path / "topics.yaml"
    path.write_text(
        "bodies: [agency]\nwordings:\n  - {topic: topic/x, words: [x]}\nphrases:\n"
        f"  - {{topic: topic/x, verbs: [share], reach: '{reach}', objects: [data]}}\n",
        "utf-8",
    )
    with pytest.raises(DataError, match=r"topics\.yaml:5: .*reach"):
        topic_words(path)


def test_every_topic_of_the_lexicon_is_in_the_register() -> None:
    known = {e for e in register_ids() if e.startswith("topic/")}
    assert {topic for topic, _ in topic_words().wordings} <= known


def register_ids() -> set[str]:
    return set(read_register(SCHEMA).entities)
