"""A graph of any size that fits the schema, the same on every run."""

import random

from graph.changes import Content
from graph.records import Entity, Evidence, Statement, make_statement, merge, text_hash
from schema.model import Schema


def synthetic(schema: Schema, statements: int, seed: int = 7) -> Content:
    """Agencies that support programs, with two documents as evidence; degrees follow a power law."""
    chance = random.Random(seed)
    count = max(10, statements // 5)
    agencies = [
        Entity(f"agency/a{i}", ("Agency",), f"Agency number {i}", (f"A{i}",), (f"A{i}",))
        for i in range(count)
    ]
    programs = [Entity(f"program/p{i}", ("Program",), f"Program number {i}") for i in range(count)]
    documents = [
        Entity(f"document/d{i}", ("Document",), f"Document {i}", properties={"published": "2023-11-22"})
        for i in range(9)
    ]
    made: dict[str, Statement] = {}
    while len(made) < statements:
        subject = agencies[int(count * chance.random() ** 3)]
        target = programs[int(count * chance.random() ** 2)]
        clause = f"{subject.name} supports {target.name}."
        evidence = Evidence(
            chance.choice(documents).id, 10, 10 + len(clause), text_hash(clause), quote=clause
        )
        qualifiers = {
            "date": f"20{chance.randrange(10, 24)}",
            "scope": "training",
            "status": chance.choice("abc"),
        }
        statement = make_statement(
            schema, subject.id, "SUPPORTS", target.id, qualifiers=qualifiers, evidence=[evidence]
        )
        made[statement.id] = statement
    entities = sorted([*agencies, *programs, *documents], key=lambda e: e.id)
    return Content(tuple(entities), tuple(merge(made.values())))
