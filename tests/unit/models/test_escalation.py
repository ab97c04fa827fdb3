"""Whose turn it is once a moment passed: the county's ladder as it writes it, each rung when its moment comes."""

import copy
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from models.clock import CHINA
from models.deadlines import Clock, due
from models.escalation import Colour, Hearer, Ladder, Mark, Turn, Turns, Which
from models.lifecycle import Status
from models.workdays import Calendar
from worker.seed import EXAMPLE

START = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
CALENDAR = Calendar()
PAPER = yaml.safe_load((EXAMPLE / "taxonomy.yaml").read_text(encoding="utf-8"))["ladder"]
LADDER = Ladder.parse(PAPER)
THREE_DAYS = due(START, working_days=3, calendar=CALENDAR)
NONE = frozenset()
FINISH = ["finish_soon", "finish_overdue", "finish_late"]
ACCEPT = ["accept_soon", "accept_overdue", "accept_late"]
NOBODY = ["nobody_soon", "nobody"]
LEFT = {
    Status.RECEIVED: ACCEPT + FINISH,
    Status.ACCEPTED: ACCEPT + FINISH,
    Status.ASSIGNED: ACCEPT + FINISH,
    Status.BOUNCED: ACCEPT + FINISH,
    Status.HANDLING: FINISH,
    Status.PAUSED: [],
    Status.REPLIED: [],
    Status.REFUSED: [],
    Status.TOLD: [],
    Status.RATED: [],
    Status.CLOSED: [],
    Status.WITHDRAWN: [],
    Status.MERGED: [],
}


def first_round():
    accept = due(START, working_days=1, calendar=CALENDAR)
    finish = LADDER.turns(Which.FINISH, START, THREE_DAYS, CALENDAR)
    return Turns({**LADDER.turns(Which.ACCEPT, START, accept, CALENDAR), **finish})


def local(at):
    return at.astimezone(CHINA).strftime("%m-%d %H:%M")


@pytest.mark.parametrize("status", Status)
def test_which_rungs_concern_which_status(status):
    assert set(first_round().left(status, NONE, assigned=True)) == set(LEFT[status])


def test_the_rungs_of_a_case_with_nobody_concern_it_until_somebody_has_it():
    left = first_round().left(Status.RECEIVED, NONE, assigned=False)
    assert set(left) == {*NOBODY, *ACCEPT, *FINISH}


def test_each_rung_hangs_where_the_countys_paper_says():
    moments = {rung: local(turn.at) for rung, turn in first_round().rungs.items()}
    assert moments == {
        "nobody_soon": "11-24 13:30",
        "accept_soon": "11-24 16:12",
        "nobody": "11-24 16:12",
        "accept_overdue": "11-24 18:00",
        "accept_late": "11-25 18:00",
        "finish_soon": "11-26 12:36",
        "finish_overdue": "11-26 18:00",
        "finish_late": "12-01 18:00",
    }


def test_a_rung_is_due_from_its_very_moment_on():
    turns = first_round()
    at = turns.rungs["finish_overdue"].at
    early = turns.due(Status.HANDLING, NONE, assigned=True, now=at - timedelta(microseconds=1))
    assert early == {"finish_soon"}
    assert turns.due(Status.HANDLING, NONE, assigned=True, now=at) == {"finish_soon", "finish_overdue"}


def test_a_climbed_rung_is_not_due_again_in_its_round_and_is_in_the_next():
    turns = first_round()
    climbed = frozenset({("finish_soon", 0)})
    late = turns.rungs["finish_late"].at
    assert "finish_soon" not in turns.due(Status.HANDLING, climbed, assigned=True, now=late)
    again = Turns(turns.rungs, {Which.FINISH: 1})
    assert "finish_soon" in again.due(Status.HANDLING, climbed, assigned=True, now=late)


def test_the_next_look_is_the_earliest_rung_that_is_left():
    turns = first_round()
    assert turns.next_at(Status.RECEIVED, NONE, assigned=False) == turns.rungs["nobody_soon"].at
    assert turns.next_at(Status.RECEIVED, NONE, assigned=True) == turns.rungs["accept_soon"].at
    assert turns.next_at(Status.HANDLING, NONE, assigned=True) == turns.rungs["finish_soon"].at
    assert turns.next_at(Status.REPLIED, NONE, assigned=True) is None


def test_a_case_opened_again_is_heard_of_at_once_and_what_waits_after_a_date_waits_anew():
    now = START + timedelta(days=30)
    turns = LADDER.again(first_round(), (1, False), CALENDAR, now=now)
    assert turns.rungs["reopened"].at == now
    assert "reopened_twice" not in turns.rungs
    assert local(turns.rungs["finish_late"].at) == "12-28 18:00"
    assert turns.rungs["finish_overdue"] == first_round().rungs["finish_overdue"]
    assert [turns.round(rung) for rung in ("accept_soon", "finish_soon")] == [1, 1]
    assert "reopened_twice" in LADDER.again(turns, (2, False), CALENDAR, now=now).rungs


def test_what_a_row_keeps_is_what_was_reckoned():
    turns = LADDER.again(first_round(), (1, True), CALENDAR, now=START)
    assert Turns.unpacked(turns.packed()) == turns
    assert Turns.unpacked(None).rungs == {}


def test_of_several_rungs_the_last_of_the_countys_list_is_the_strongest_and_unknown_ones_are_left_out():
    rungs = LADDER.by_strength({"finish_late", "accept_soon", "gone", "accept_overdue"})
    assert [rung.id for rung in rungs] == ["accept_soon", "accept_overdue", "finish_late"]
    assert set(first_round().without({"finish_late"}).rungs) == {*NOBODY, *ACCEPT, *FINISH} - {"finish_late"}


def test_danger_to_life_is_repeated_sooner():
    assert (LADDER.pause("emergency"), LADDER.pause("help")) == (Clock(15, "min"), LADDER.every)


@pytest.mark.parametrize(
    ("paper", "mark"),
    [
        ("80%", Mark(80)),
        ("due", Mark()),
        ("+3wd", Mark(after=Clock(3, "wd"))),
        ("+2h", Mark(after=Clock(2, "h"))),
        ("reopened", Mark(reopened=1)),
        ("reopened:2", Mark(reopened=2)),
    ],
)
def test_a_moment_is_read_as_it_is_written(paper, mark):
    assert Mark.parse(paper) == mark


@pytest.mark.parametrize("paper", ["", "0%", "100 %", "120%", "soon", "-3wd", "+3", "+3weeks", "reopened:", None, 80])
def test_a_moment_that_is_none_is_refused(paper):
    with pytest.raises(ValueError, match=r"moment|clock"):
        Mark.parse(paper)


def changed(rung=None, **more):
    paper = copy.deepcopy(PAPER)
    paper["rungs"][0].update(rung or {})
    return {**paper, **more}


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        (changed({"colour": "green"}), "green"),
        (changed({"clock": "reply"}), "reply"),
        (changed({"hear": ["mayor"]}), "mayor"),
        (changed({"hear": []}), "somebody to hear"),
        (changed({"at": "80"}), "80"),
        (changed({"only": "at night"}), "at night"),
        (changed({"color": "blue"}), "knows"),
        (changed({"rung": "Accept-Soon"}), "Accept-Soon"),
        (changed({"rung": "accept_soon"}), "id of its own"),
        (changed({"name": "一二三四五六七八九十一"}), "10 characters"),
        (changed({"name": ""}), "needs a name"),
        (changed(rungs=[]), "needs rungs"),
        (changed(repeat={}), "repeat"),
        (changed(repeat={"every": "often", "most": 3}), "often"),
        (changed(quiet={"from": "21:00"}), "quiet"),
        (changed(quiet={"from": "late", "to": "early"}), "quiet"),
        ({}, "needs rungs"),
    ],
)
def test_a_word_nobody_knows_refuses_the_paper_with_a_sentence_that_names_it(paper, sentence):
    with pytest.raises(ValueError, match=sentence):
        Ladder.parse(paper)


def test_the_example_hears_in_three_colours_up_to_the_discipline_office():
    assert {rung.colour for rung in LADDER.rungs.values()} == set(Colour)
    assert LADDER.rungs["accept_soon"].hear == (Hearer.HANDLER,)
    assert {hearer for rung in LADDER.rungs.values() for hearer in rung.hear} == set(Hearer)


@pytest.mark.parametrize(
    ("at", "rings"),
    [
        ("11-24 20:59", "11-24 20:59"),
        ("11-24 21:00", "11-25 08:00"),
        ("11-25 00:30", "11-25 08:00"),
        ("11-25 07:59", "11-25 08:00"),
        ("11-25 08:00", "11-25 08:00"),
        ("12-31 23:00", "01-01 08:00"),
    ],
)
def test_at_night_no_telephone_rings_before_the_morning(at, rings):
    there = datetime.strptime(f"2026-{at}", "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    assert local(LADDER.quiet.over(there.astimezone(UTC))) == rings
    assert LADDER.quiet.over(there, "emergency") == there


def test_the_quiet_may_be_at_noon():
    noon = Ladder.parse(changed(quiet={"from": "12:00", "to": "14:00"})).quiet
    assert local(noon.over(START.replace(hour=13))) == "11-23 14:00"
    assert noon.over(START) == START


MOMENTS = st.integers(0, 200).map(lambda hours: START + timedelta(hours=hours))
ANY_TURNS = st.dictionaries(
    st.sampled_from([*NOBODY, *ACCEPT, *FINISH]),
    st.builds(Turn, MOMENTS, st.sampled_from(Which), st.booleans()),
).map(Turns)


@given(turns=ANY_TURNS, status=st.sampled_from(Status), assigned=st.booleans(), now=MOMENTS)
def test_a_case_is_looked_at_again_exactly_when_something_is_due(turns, status, assigned, now):
    look = turns.next_at(status, NONE, assigned=assigned)
    assert bool(turns.due(status, NONE, assigned=assigned, now=now)) is (look is not None and look <= now)


@given(turns=ANY_TURNS, status=st.sampled_from(Status), ticks=st.lists(MOMENTS, max_size=20))
def test_however_often_and_whenever_it_ticks_each_rung_is_climbed_once(turns, status, ticks):
    climbed = []
    for now in sorted(ticks):
        climbed += [(rung, 0) for rung in turns.due(status, frozenset(climbed), assigned=True, now=now)]
    assert len(climbed) == len(set(climbed))
    last = max(ticks, default=START - timedelta(hours=1))
    left = turns.left(status, NONE, assigned=True)
    assert {rung for rung, _ in climbed} == {rung for rung in left if turns.rungs[rung].at <= last}
