"""The few cases that may be of one matter are found by marks that nobody can read."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from models import matter
from models.duplicates import SAME_MATTER, Matter, same_matter
from models.matter import MOST, SOUNDS, Signature
from models.routing import route

PETITIONS = Path(__file__).parents[2] / "unit" / "models" / "data" / "practice.jsonl"
ROAD = "大核桃树那儿的村道垮了半边，车子过不去"


@pytest.fixture
def routed(tangxi):
    def _routed(words):
        way = route(words, gazetteer=tangxi.gazetteer, taxonomy=tangxi.taxonomy)
        return Matter.routed(words, way, taxonomy=tangxi.taxonomy)

    return _routed


@pytest.fixture
def remembered(book):
    """Remembers matters as those of fresh cases, whose numbers it gives."""

    def _remembered(matters, *, since=timedelta(0)):
        with book.sessions.writing() as session:
            session.execute(text("DELETE FROM signatures"))
        cases = [book.text_case("我想问个事", sender=f"+86139{place:08}") for place in range(len(matters))]
        with book.sessions.writing() as session:
            for case, each in zip(cases, matters, strict=True):
                matter.remember(session, case, each, at=book.watch() - since)
        return cases

    return _remembered


def marks(book):
    with book.sessions.reading() as session:
        return list(session.scalars(select(Signature.mark)))


def found(book, mine, **more):
    with book.sessions.reading() as session:
        return matter.candidates(session, mine, since=book.watch() - timedelta(days=60), **more)


def test_a_case_about_the_same_thing_in_the_same_village_is_found(book, routed, remembered):
    one, _ = remembered([routed(f"黄坪村{ROAD}"), routed("木梯村停水了")])
    assert found(book, routed("房坪村三组核桃树底下那截路垮到沟头去了")) == [one]
    assert found(book, routed(f"木梯村{ROAD}的事")) != [one]


def test_what_is_said_in_quite_other_words_is_found_by_what_is_wrong(book, routed, remembered):
    (one,) = remembered([routed("蔡家坝村，水龙头拧开光出气")])
    assert found(book, routed("蔡坝的，天天担水")) == [one]


def test_the_likeliest_come_first_and_only_a_few(book, routed, remembered):
    alike = f"木梯村{ROAD}"
    *_, last = remembered([routed("木梯村的路烂了"), routed("木梯村的路灯坏了"), routed(alike)])
    assert found(book, routed(alike))[0] == last
    assert found(book, routed(alike), limit=1) == [last]


def test_what_was_said_too_long_ago_is_not_looked_at(book, routed, remembered):
    remembered([routed(f"木梯村{ROAD}")], since=timedelta(days=61))
    assert found(book, routed(f"木梯村{ROAD}")) == []


def test_said_again_replaces_and_forgotten_is_gone(book, routed, remembered):
    (one,) = remembered([routed("木梯村停水了")])
    with book.sessions.writing() as session:
        matter.remember(session, one, routed(f"木梯村{ROAD}"), at=book.watch())
    assert found(book, routed("木梯村停水了")) == []
    with book.sessions.writing() as session:
        matter.forget(session, one)
    assert found(book, routed(f"木梯村{ROAD}")) == []


def test_a_matter_without_a_village_has_no_marks(book, routed, remembered):
    remembered([routed("停水了")])
    assert marks(book) == []


def test_marks_are_few_and_say_nothing(book, routed, remembered):
    long = routed("木梯村" + "".join(chr(0x4E00 + 7 * place) for place in range(400)) + "停水了")
    remembered([long])
    assert SOUNDS < len(marks(book)) <= SOUNDS + 8
    assert all(len(mark) == 32 and set(mark) <= set("0123456789abcdef") for mark in marks(book))


def test_nearly_all_that_a_full_comparison_would_suggest_is_among_the_candidates(book, routed, remembered):
    with PETITIONS.open(encoding="utf-8") as lines:
        told = [petition for petition in map(json.loads, lines) if petition["matter"]]
    matters = [routed(petition["text"]) for petition in told[:50]]
    cases = remembered(matters)
    wanted = hit = 0
    for at, mine in enumerate(matters):
        alike = {cases[i] for i, other in enumerate(matters) if i != at and same_matter(mine, other) >= SAME_MATTER}
        wanted, hit = wanted + len(alike), hit + len(alike & {*found(book, mine, limit=MOST + 1)})
    assert wanted >= 20
    assert hit / wanted >= 0.98  # measured 1.00, and 1.00 of 279 pairs over all example petitions
