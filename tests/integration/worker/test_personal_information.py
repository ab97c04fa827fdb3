"""个人信息: she gets a copy of what is kept about her telephone, has it put right, and never a trace of a report."""

import io
import json
import zipfile

import pytest
import soundfile
from click.testing import CliRunner

from models.casework import visiting
from models.history import Event, HistoryLine
from models.keyring import Keyring
from models.people import Phone
from tests.casebook import INSPECTOR, NEIGHBOUR, PENSION, REPORT, ROAD, VILLAGER
from tests.inspectors import with_keys
from tests.workshop import SETTINGS, hum
from worker.cli import main

RE1 = "https://carrier.example/RE1"
WAS_THERE = "到她家看了"
HEARD = "六坪村的 支书 贪污 低保款"


@pytest.fixture
def database(on_sqlite):
    """The commands open the database by its address."""
    return on_sqlite


@pytest.fixture
def sessions(sessions):
    """Under the secret of the commands' settings, which may not be as short as that of other tests."""
    return sessions.in_hands_of(Keyring(SETTINGS["XIANGYIN_SECRET_KEY"]))


@pytest.fixture
def type_in(book, tmp_path):
    url = book.sessions.engine.url.render_as_string(hide_password=False)
    environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": url}
    words = ["admin", "personal-information"]
    return lambda *more: CliRunner(env=environment).invoke(main, [*words, *map(str, more)])


@pytest.fixture
def out(tmp_path):
    return tmp_path / "hers.zip"


@pytest.fixture
def spoken(book, workshop, carrier):
    """She called, was heard, answered and has rated."""
    carrier.sounds[RE1] = hum(6.0)
    book.ring()
    case = book.say(seconds=6)
    book.hang_up()
    workshop.work()
    book.confirm(case)
    book.accept(case)
    how = {"by": book.officers["liuping"], "now": book.watch()}
    book.do(case, lambda session, petition: visiting.note(session, petition, WAS_THERE, **how))
    book.reply(case, "已经上门办好了")
    workshop.work()
    book.text("1")
    return case


def facts(out):
    with zipfile.ZipFile(out) as package:
        return json.loads(package.read("personal-information.json"))


def registered(book, number=VILLAGER):
    hashed = book.sessions.keyring.hash_number(number)
    with book.sessions.reading() as session:
        return session.get(Phone, hashed)


def test_she_gets_her_words_her_voice_her_texts_and_what_was_done(book, spoken, type_in, out):
    other = book.text_case(ROAD)
    told = type_in("export", VILLAGER, "--by", "jishu", "--out", out)
    assert told.exit_code == 0, told.output
    kept = facts(out)
    assert kept["number"] == VILLAGER
    assert [case["number"] for case in kept["cases"]] == [book.case(spoken).number, book.case(other).number]
    first, second = kept["cases"]
    assert (first["said"][0]["confirmed_text"], first["reply"], first["rating"]) == (PENSION, "已经上门办好了", 1)
    assert second["said"][0]["text"] == ROAD
    assert {"received", "confirmed", "replied", "rated"} <= {line["event"] for line in first["history"]}
    assert [text["text"] for text in kept["texts_in"]] == ["1", ROAD]
    assert {text["purpose"] for text in kept["texts_out"]} >= {"ack", "result", "thanks"}
    assert len(kept["calls"]) == 1
    assert [visit["note"] for visit in kept["visits"]] == [WAS_THERE]
    with zipfile.ZipFile(out) as package:
        sound = soundfile.info(io.BytesIO(package.read("001.wav")))
    assert sound.duration == pytest.approx(6.0)
    assert out.stat().st_mode & 0o077 == 0


def test_the_number_of_a_case_of_hers_says_whose_it_is(book, spoken, type_in, out):
    assert type_in("export", book.case(spoken).number, "--by", "jishu", "--out", out).exit_code == 0
    assert facts(out)["number"] == VILLAGER


def test_nobody_elses_words_are_among_it(book, spoken, type_in, out):
    book.text_case(ROAD, sender=NEIGHBOUR)
    assert type_in("export", VILLAGER, "--by", "jishu", "--out", out).exit_code == 0
    assert ROAD not in json.dumps(facts(out), ensure_ascii=False)


def test_no_officer_is_named_and_nothing_that_officers_were_told(book, spoken, type_in, out):
    assert type_in("export", VILLAGER, "--by", "jishu", "--out", out).exit_code == 0
    assert "officer" not in out.read_bytes().decode("latin-1")
    assert not [line for case in facts(out)["cases"] for line in case["history"] if line.keys() - {"at", "event"}]
    assert {text["purpose"] for text in facts(out)["texts_out"]} <= {"ack", "result", "thanks"}


def test_a_report_leaves_no_trace_whether_it_is_held_or_sealed(book, workshop, carrier, spoken, type_in, out):
    held = book.text_case(REPORT)
    inspectors = with_keys(book)
    carrier.sounds["https://carrier.example/RE9"] = hum(6.0)
    workshop.ear.says = HEARD
    book.ring("CA9")
    book.say("CA9", "RE9", seconds=6)
    book.hang_up("CA9")
    workshop.work()
    assert inspectors
    book.ring("CA8")
    book.note("CA8", sealed=True)
    not_sealed_yet = book.text_case(REPORT)
    assert type_in("export", VILLAGER, "--by", "jishu", "--out", out).exit_code == 0
    kept = json.dumps(facts(out), ensure_ascii=False)
    assert [case["number"] for case in facts(out)["cases"]] == [book.case(spoken).number]
    assert (len(facts(out)["calls"]), "贪污" in kept, REPORT in kept) == (1, False, False)
    numbers = [one.number for one in book.cases() if one.id in {held, not_sealed_yet}]
    answers = [type_in("export", number, "--by", "jishu", "--out", out) for number in (*numbers, "1111111")]
    assert [answer.exit_code for answer in answers] == [1, 1, 1]
    assert len({answer.output for answer in answers}) == 1


def test_who_has_only_reported_is_unknown_here(book, type_in, out):
    book.text_case(REPORT, sender="+8613912345678")
    answer = type_in("export", "13912345678", "--by", "jishu", "--out", out)
    assert (answer.exit_code, "没有存这个电话" in answer.output, out.exists()) == (1, True, False)


def test_what_was_deleted_by_law_is_not_there_any_more(book, spoken, type_in, out):
    number = book.case(spoken).number
    url = book.sessions.engine.url.render_as_string(hide_password=False)
    environment = {**SETTINGS, "XIANGYIN_DATA": str(out.parent), "DATABASE_URL": url}
    erase = ["admin", "erase", number, "--ground", "consent", "--by", "jishu"]
    assert CliRunner(env=environment).invoke(main, erase).exit_code == 0
    assert "已经依法删除" in type_in("export", number, "--by", "jishu", "--out", out).output


@pytest.mark.parametrize("by", ["huawu", "duban", "liuping", "jiwei", "nobody"])
def test_nobody_but_an_administrator_may(book, spoken, type_in, out, by):
    for words in (("export", VILLAGER, "--out", out), ("correct", VILLAGER, "--slowly")):
        answer = type_in(*words, "--by", by)
        assert (answer.exit_code, "只有技术员" in answer.output) == (1, True)
    assert not out.exists()


def test_each_copy_stands_in_the_history_with_who_made_it(book, spoken, type_in, out):
    type_in("export", VILLAGER, "--by", "jishu", "--out", out)
    again = type_in("export", VILLAGER, "--by", "jishu", "--out", out)
    assert (again.exit_code, "已经有" in again.output) == (1, True)
    (line,) = book.rows(HistoryLine, event=Event.DISCLOSED)
    assert (line.petition_id, line.officer_id) == (spoken, book.officers["jishu"].officer_id)


def test_her_language_and_pace_her_hours_and_her_village_are_put_right(book, spoken, type_in):
    words = ("--language", "qiang", "--slowly", "--hours", "18:00-20:30", "--village", "C18")
    assert type_in("correct", "13900000101", *words, "--by", "jishu").exit_code == 0
    phone = registered(book)
    assert (phone.language, phone.slowly, phone.hours, phone.village_id) == ("qiang", True, "18:00-20:30", "C18")
    assert type_in("correct", VILLAGER, "--at-pace", "--by", "jishu").exit_code == 0
    phone = registered(book)
    assert (phone.language, phone.slowly) == ("qiang", False), "what was not named stays"
    lines = book.rows(HistoryLine, event=Event.CORRECTED)
    assert [line.detail["fields"] for line in lines] == ["hours、language、slowly、village_id", "slowly"]
    assert {line.officer_id for line in lines} == {book.officers["jishu"].officer_id}


def test_a_telephone_that_was_never_registered_is_from_then_on(book, type_in):
    number = "+8613912345678"
    book.text_case(PENSION, sender=number)
    assert registered(book, number) is None
    assert type_in("correct", number, "--language", "sichuan", "--by", "jishu").exit_code == 0
    assert registered(book, number).language == "sichuan"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((VILLAGER,), "没有说要更正什么"),
        ((VILLAGER, "--hours", "evenings"), "18:00-20:30"),
        ((VILLAGER, "--village", "C99"), "没有这个村"),
        (("some words", "--slowly"), "电话号码"),
        ((INSPECTOR, "--slowly"), "没有存这个电话"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(book, spoken, type_in, words, sentence):
    answer = type_in("correct", *words, "--by", "jishu")
    assert (answer.exit_code, sentence in answer.output) == (1, True), answer.output
    assert not book.rows(HistoryLine, event=Event.CORRECTED)
