"""`make bench` and `make prove`: that they measure and prove what they say, and that a broken promise is seen."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from models.call import Outcome
from models.message import Delivery
from models.recording import Sound
from tests.bench import __main__ as bench_command
from tests.bench import frame as bench_frame
from tests.bench import webhooks
from tests.casebook import MONDAY
from tests.prove import __main__ as prove_command
from tests.prove import frame, judging, people, trouble
from tests.prove.books import Books, Day, OurCall, OurCase, OurText, Rang, Telephone, Texted
from tests.prove.crowd import people_who_text
from tests.prove.frame import Terms, Verdict

TERMS = Terms(short=True, kill=False, seed=7)
HER, HIS = "+8613800000001", "+8613800000002"


# the frame of the measurements


def test_the_measurements_are_written_with_the_machine_and_the_day_and_nothing_that_was_not_measured(tmp_path):
    parts = {"webhooks": lambda: {"p99_ms": 12.34567}}
    bench_frame.run(parts, file=tmp_path / "var" / "bench.json", now=MONDAY, console=Console(file=StringIO()))
    written = json.loads((tmp_path / "var" / "bench.json").read_text(encoding="utf-8"))
    assert written.keys() == {"machine", "date", "webhooks"}
    assert written["machine"].keys() == {"cores", "cpu", "python", "system"}
    assert written["date"] == "2026-11-23T09:00:00+08:00"
    assert written["webhooks"] == {"p99_ms": 12.346}


def test_the_measurements_are_shown_in_a_table(tmp_path):
    screen = StringIO()
    parts = {"webhooks": lambda: {"p99_ms": 12.5}}
    bench_frame.run(parts, file=tmp_path / "bench.json", now=MONDAY, console=Console(file=screen, width=100))
    row = next(line for line in screen.getvalue().splitlines() if "p99_ms" in line)
    assert "webhooks" in row
    assert "12.5" in row


def test_a_part_nobody_knows_is_not_measured(capsys):
    assert bench_command.main(["coffee"]) == 2
    said = capsys.readouterr().err
    assert "no such part: coffee; there are: " in said
    assert all(part in said for part in bench_command.PARTS)


def test_our_voice_webhook_is_measured_beside_the_plain_one_and_both_wrote_every_call_down():
    figures = webhooks.measure(rounds=2, seconds=0.3, warm_up=0.2)
    assert figures["voice_vs_committing_flask"] == figures["voice_per_second"] / figures["flask_per_second"]
    assert figures["voice_per_second"] > 0
    assert figures["p99_ms"] >= figures["p50_ms"] > 0
    assert (figures["rounds"], figures["connections"]) == (2, 4)


# the frame of the proofs


def test_a_proof_without_a_violation_prints_one_json_line_and_succeeds(capsys):
    assert frame.run({"calls": lambda terms: Verdict(3, [], {"kills": 1})}, TERMS) == 0
    line = json.loads(capsys.readouterr().out)
    assert line.pop("seconds") >= 0
    assert line == {"proof": "calls", "cases": 3, "violations": 0, "seed": 7, "kills": 1}


def test_one_violation_in_one_proof_fails_the_run_and_is_said_and_the_others_still_run(capsys):
    proofs = {"calls": lambda terms: Verdict(3, ["call CA1 is lost"]), "messages": lambda terms: Verdict(2, [])}
    assert frame.run(proofs, TERMS) == 1
    said = capsys.readouterr()
    assert [json.loads(line)["violations"] for line in said.out.splitlines()] == [1, 0]
    assert said.err == "calls: call CA1 is lost\n"


def test_a_proof_that_is_not_there_is_said_so(capsys):
    assert prove_command.main(["luck"]) == 2
    said = capsys.readouterr()
    assert "no proof luck" in said.err
    assert not said.out


def test_the_same_seed_makes_the_same_people_and_another_seed_others():
    again, other = Terms(short=True, kill=False, seed=7), Terms(short=True, kill=False, seed=8)
    assert people.callers(TERMS.chance("callers"), 20) == people.callers(again.chance("callers"), 20)
    assert people.callers(TERMS.chance("callers"), 20) != people.callers(other.chance("callers"), 20)
    assert people_who_text(TERMS.chance("senders"), 20) == people_who_text(again.chance("senders"), 20)


def test_among_a_hundred_callers_there_is_one_of_each_kind():
    hundred = people.callers(TERMS.chance("callers"), 100)
    done = [deed for caller in hundred for deed, _ in caller.deeds]
    assert set(done) == {"play", "say", "listen", "wait", "press", "interrupt", "text"}
    assert any(not caller.deeds for caller in hundred)
    assert any(caller.deeds and caller.deeds[-1] == ("wait", people.TOO_LONG) for caller in hundred)
    assert len({caller.phone for caller in hundred}) == 100


# what a proof finds: a day on which everything went well, and what is wrong with it


def a_good_day():
    """She called and spoke; he texted; somebody else hung up; a fourth reported; a fifth was promised a call back."""
    day = Day(
        rang=(
            Rang("CA1", frozenset({"RE1"}), ("您好。", "您的编号是：一，二，三；五，六，七；八。")),
            Rang("CA2", frozenset(), ("您好。",)),
            Rang("CA3", frozenset({"RE3"}), ("您好。",)),
            Rang("CA4", frozenset(), ("您好。", "给您打回来。")),
        ),
        texted=(Texted("SM1", "路灯坏了", HIS), Texted("SM2", "？", HIS)),
        telephones={HER: Telephone(("编号1235678",)), HIS: Telephone((), reachable=False)},
    )
    ours = Books(
        calls=(
            OurCall("CA1", "09:00", Outcome.CASE, 0, {"RE1": Sound.STORED}, "1235678"),
            OurCall("CA2", "09:01", Outcome.HUNG_UP, 0, {}, None),
            OurCall("CA3", "09:02", Outcome.CASE, 0, {"RE3": Sound.STORED}, "2225678"),
            OurCall("CA4", "09:03", Outcome.CALL_BACK, 1, {}, None),
        ),
        texts=(OurText("SM1", "3335678"), OurText("SM2", None)),
        cases=(
            OurCase("1235678", HER, "09:00", False, True, True, (Delivery.DELIVERED,)),  # noqa: FBT003 - a row as it lies in the books
            OurCase("2225678", HER, "09:02", True, True, True, ()),  # noqa: FBT003
            OurCase("3335678", HIS, "09:05", False, True, True, (Delivery.FAILED,)),  # noqa: FBT003
        ),
    )
    return day, ours


def test_a_good_day_has_no_violations():
    assert judging.violations(*a_good_day()) == []


def with_row(books, table, place, **changes):
    rows = list(getattr(books, table))
    rows[place] = replace(rows[place], **changes)
    return replace(books, **{table: tuple(rows)})


def without_row(books, table, place):
    rows = list(getattr(books, table))
    del rows[place]
    return replace(books, **{table: tuple(rows)})


WRONG_IN_OUR_BOOKS = {
    "call CA2 is not in the books": lambda ours: without_row(ours, "calls", 1),
    "call CA2 is written down twice": lambda ours: replace(ours, calls=(*ours.calls, ours.calls[1])),
    "call CA2 has no outcome": lambda ours: with_row(ours, "calls", 1, outcome=None),
    "call CA9 never happened": lambda ours: with_row(ours, "calls", 1, sid="CA9"),
    "call CA1 is down as hung_up, and was case": lambda ours: with_row(ours, "calls", 0, outcome="hung_up"),
    "call CA4 is down as hung_up, and was call_back": lambda ours: with_row(ours, "calls", 3, outcome="hung_up"),
    "part RE1 of call CA1 is in no case": lambda ours: with_row(ours, "calls", 0, case=None),
    "part RE1 of call CA1 is expected": lambda ours: with_row(ours, "calls", 0, parts={"RE1": Sound.EXPECTED}),
    "part RE1 of call CA1 is unknown": lambda ours: with_row(ours, "calls", 0, parts={}),
    "part RE9 of call CA2 was never spoken": lambda ours: with_row(ours, "calls", 1, parts={"RE9": Sound.STORED}),
    "case 1235678 came from two calls or texts": lambda ours: with_row(ours, "texts", 1, case="1235678"),
    "case 3335678 came from nowhere": lambda ours: without_row(ours, "texts", 0),
    "case 1235678 has no words and nobody was told so": lambda ours: with_row(ours, "cases", 0, understood=False),
    "the history of case 1235678 is broken": lambda ours: with_row(ours, "cases", 0, whole=False),
    "the clock of case 1235678 does not start with its call": lambda ours: with_row(ours, "cases", 0, received="09:30"),
    "call CA4 was promised a call back, and nobody is asked to make it": lambda ours: with_row(
        ours, "calls", 3, tasks=0
    ),
    "text SM2 is not in the books": lambda ours: without_row(ours, "texts", 1),
    "text SM2 is written down twice": lambda ours: replace(ours, texts=(*ours.texts, ours.texts[1])),
    "text SM9 was never sent": lambda ours: with_row(ours, "texts", 1, sid="SM9"),
    "text SM1 is in no case": lambda ours: with_row(ours, "texts", 0, case=None),
    "the text with the number of case 1235678 is down as sent, and should be delivered": lambda ours: with_row(
        ours, "cases", 0, acks=(Delivery.SENT,)
    ),
    "the text with the number of case 2225678 is down as delivered, and should be never written": lambda ours: with_row(
        ours, "cases", 1, acks=(Delivery.DELIVERED,)
    ),
    "the text with the number of case 3335678 is down as delivered, and should be failed": lambda ours: with_row(
        ours, "cases", 2, acks=(Delivery.DELIVERED,)
    ),
    "promises are still open: notify, tried 3 times": lambda ours: replace(
        ours, open_promises=("notify, tried 3 times",)
    ),
}


@pytest.mark.parametrize("sentence", WRONG_IN_OUR_BOOKS)
def test_what_is_wrong_in_our_books_is_found(sentence):
    day, ours = a_good_day()
    assert sentence in judging.violations(day, WRONG_IN_OUR_BOOKS[sentence](ours))


def test_a_number_told_that_is_another_ones_is_found():
    day, ours = a_good_day()
    told = replace(day.rang[0], heard=("您的编号是：九，二，三；五，六，七；八。",))
    found = judging.violations(replace(day, rang=(told, *day.rang[1:])), ours)
    assert found == ["call CA1 was told a number that is not its case's"]


@pytest.mark.parametrize(("texts", "times"), [((), 0), (("编号1235678", "编号1235678"), 2)])
def test_a_number_that_is_not_texted_exactly_once_is_found(texts, times):
    day, ours = a_good_day()
    telephones = {**day.telephones, HER: Telephone(texts)}
    found = judging.violations(replace(day, telephones=telephones), ours)
    assert found == [f"the number of case 1235678 was texted {times} times"]


@pytest.mark.parametrize(("phone", "lost"), [(HIS, []), (HER, ["text SM9 is not in the books"])])
def test_the_same_words_twice_from_one_telephone_may_be_one_text_and_from_two_never(phone, lost):
    day, ours = a_good_day()
    texted = (*day.texted, Texted("SM9", "路灯坏了", phone))
    assert judging.violations(replace(day, texted=texted), ours) == lost


def test_the_number_of_a_report_that_was_texted_is_found():
    day, ours = a_good_day()
    telephones = {**day.telephones, HER: Telephone(("编号1235678", "编号2225678"))}
    assert "the number of case 2225678 was texted 1 times" in judging.violations(
        replace(day, telephones=telephones), ours
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("promise 12 failed: KeyError at somewhere.py:3", True),
        ("0a1b2c3d: KeyError in voice.part, somewhere.py:3", True),
        ("16:59:40 Worker: ERROR", True),
        ('Traceback (most recent call last):\n  File "x.py", line 1\nKeyError: 1', True),
        ("ConnectionError: trying again", False),
        ("exchange ready at http://127.0.0.1:8085", False),
        ("KeyError: 1\n\nDuring handling of the above exception, another:\n\nredis.exceptions.ConnectionError", True),
    ],
)
def test_an_error_in_a_log_is_found_and_an_ordinary_line_is_not(tmp_path, said, found):
    (tmp_path / "worker.log").write_text(said, encoding="utf-8")
    assert bool(trouble.complaints(tmp_path)) is found


def test_an_error_that_came_of_a_queue_we_killed_ourselves_is_excused(tmp_path):
    said = "FileNotFoundError: 2\n\nDuring handling of the above exception:\n\nredis.exceptions.ConnectionError: 2\n"
    (tmp_path / "worker.log").write_text(said + "KeyError: 1\n", encoding="utf-8")
    assert trouble.complaints(tmp_path, excuse=trouble.QUEUE_IS_DEAD) == ["worker.log says: KeyError: 1"]


# the proofs themselves, in short


# a seed whose dozen callers have somebody silent, somebody who reports and somebody who wants a person among them
@pytest.mark.parametrize(
    ("name", "seed", "seen"),
    [
        ("calls", "2216", ("cases_filed", "parts", "reports", "call_backs")),
        ("messages", "1", ("adopted", "power_cuts", "refused", "receipts_lost", "calls")),
        ("burst", "6", ("per_second", "p99_ms")),
    ],
)
def test_nothing_is_lost_and_nothing_doubled_by_a_dozen_people_at_random(capsys, name, seed, seen):
    status = prove_command.main([name, "--short", "--seed", seed])
    said = capsys.readouterr()
    assert status == 0, said.err
    line = json.loads(said.out)
    assert (line["proof"], line["violations"]) == (name, 0)
    assert line["cases"] >= 12
    assert all(line[what] > 0 for what in seen)
