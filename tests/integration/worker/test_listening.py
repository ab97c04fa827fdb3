"""Her voice becomes words: the parts joined in the order she said them, the machine's words beside a listening copy."""

import io
import json
from pathlib import Path

import pytest
import soundfile

from models.history import Event
from models.keyring import decipher
from models.lifecycle import Status
from models.outbox import OutboxRow, Task
from models.petition import Statement
from models.recording import Recording, Sound
from models.tasks import PersonTask, Why
from tests.fake_carrier import PowerCut
from tests.workshop import hum


def spoken(book, workshop, *seconds):
    """A call with parts of so many seconds, their sound with the carrier; the id of the case."""
    book.ring()
    for place, length in enumerate(seconds):
        case = book.say(part=f"RE{place}", seconds=round(length))
        workshop.carrier.sounds[f"https://carrier.example/RE{place}"] = hum(length)
    book.hang_up()
    return case


def test_her_words_are_written_with_times_confidences_and_the_model(book, workshop):
    case = spoken(book, workshop, 6.0)
    workshop.work()
    (statement,) = book.case(case).statements
    assert json.loads(statement.heard)[0] == ["我是六坪村的", 0.0, 0.9, 0.5]
    assert (statement.model, statement.demonstration, statement.confidence) == ("an ear", True, 0.5)
    assert statement.text == "我是六坪村的养老保险到哪里去认证。"
    assert Event.TRANSCRIBED in book.events(case)


def test_what_she_said_leads_the_case_to_its_unit(book, workshop):
    case = spoken(book, workshop, 6.0)
    workshop.work()
    assert (book.case(case).status, book.case(case).unit_id) == (Status.ASSIGNED, "C17")


def test_the_parts_are_heard_as_one_in_the_order_she_said_them(book, workshop):
    spoken(book, workshop, 3.0, 5.0, 2.0)
    for place, loud in enumerate((0.1, 0.2, 0.4)):
        workshop.carrier.sounds[f"https://carrier.example/RE{place}"] = hum((3.0, 5.0, 2.0)[place], loud=loud)
    workshop.work()
    (heard,) = workshop.ear.given
    assert heard.seconds == pytest.approx(10.0, abs=0.05)
    peaks = [abs(heard.samples[at * heard.rate : (at + 1) * heard.rate]).max() / 32767 for at in (1, 5, 9)]
    assert peaks == pytest.approx([0.1, 0.2, 0.4], abs=0.02)


def test_the_listening_copy_is_enciphered_and_as_long_as_what_was_said(book, workshop):
    case = spoken(book, workshop, 3.0, 5.0)
    workshop.work()
    (statement,) = book.case(case).statements
    box = workshop.storage.get(statement.sound)
    with book.sessions.reading() as session:
        copy = decipher(session.get_one(Statement, statement.id).key.plain, box)
    with soundfile.SoundFile(io.BytesIO(copy)) as file:
        assert (file.samplerate, file.channels, file.frames) == (8000, 1, 64000)
    assert copy[:4] not in box


def test_where_nothing_was_understood_the_case_is_voice_only_and_somebody_calls_back(book, workshop):
    workshop.ear.says = ""
    case = spoken(book, workshop, 6.0)
    workshop.work()
    assert (book.case(case).voice_only, book.case(case).status) == ("no_words", Status.RECEIVED)
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]
    assert book.case(case).statements[0].sound, "the voice can be listened to all the same"


def test_a_recording_of_silence_is_a_case_on_its_clock(book, workshop):
    workshop.ear.says = "[unk]"
    book.ring()
    case = book.say(seconds=6)
    book.hang_up()
    workshop.carrier.sounds["https://carrier.example/RE1"] = hum(6.0, loud=0)
    workshop.work()
    assert book.case(case).voice_only
    assert book.case(case).look_at is not None
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]


def test_where_no_part_could_be_had_there_is_nothing_to_hear(book, workshop):
    spoken(book, workshop, 6.0)
    workshop.carrier.sounds.clear()
    workshop.work_for(hours=1)
    assert not workshop.ear.given
    assert not workshop.open_promises()


def test_a_report_that_is_heard_is_held_and_not_assigned(book, workshop):
    workshop.ear.says = "六坪村的 支书 贪污 低保款"
    case = spoken(book, workshop, 6.0)
    workshop.work()
    assert (book.case(case).held, book.case(case).unit_id) == (True, "jw")
    assert not book.cases("huawu")


def test_a_worker_killed_in_the_middle_of_hearing_leaves_the_words_to_the_next_one(book, workshop):
    case = spoken(book, workshop, 6.0)

    class Killed:
        def transcribe(self, sound):
            raise PowerCut

    fetch = next(row for row in workshop.due() if row.task == Task.FETCH)
    workshop.die_at(fetch, type(workshop.bench)(workshop.desk, Killed(), "worker-1"))
    assert book.case(case).said == ""
    book.watch.wait(minutes=10)
    workshop.work(workshop.colleague())
    assert "养老保险" in book.case(case).said
    assert book.events(case).count(Event.TRANSCRIBED) == 1


def test_no_transaction_is_open_while_the_recogniser_works(book, workshop):
    case = spoken(book, workshop, 6.0)
    workshop.ear.transcribe = _while_a_clerk_writes(book, case, workshop.ear.transcribe)
    workshop.work()
    assert Event.LISTENED in book.events(case)
    assert "养老保险" in book.case(case).said


def test_a_part_that_comes_late_is_heard_with_the_others(book, workshop):
    case = spoken(book, workshop, 3.0)
    workshop.work()
    book.say(part="RE9", seconds=4)
    workshop.carrier.sounds["https://carrier.example/RE9"] = hum(4.0)
    workshop.ear.says = "六坪村 路烂了 还有 自来水 也停了"
    workshop.work()
    assert workshop.ear.given[-1].seconds == pytest.approx(7.0, abs=0.05)
    assert "自来水" in book.case(case).said


def late_part(book, workshop, says):
    """Another part of her call, of four seconds, heard of only now; with it the whole is heard as `says`."""
    book.say(part="RE9", seconds=4)
    workshop.carrier.sounds["https://carrier.example/RE9"] = hum(4.0)
    workshop.ear.says = says


def test_a_part_that_comes_after_the_confirmation_stands_behind_what_was_confirmed(book, workshop):
    workshop.ear.says = "六坪村 路烂了"
    case = spoken(book, workshop, 3.0)
    workshop.work()
    book.confirm(case, "六坪村的路烂了。")
    late_part(book, workshop, "六坪村 路烂了 还有自来水 也停了")
    workshop.work()
    (statement,) = book.case(case).statements
    assert statement.words == "六坪村的路烂了。\n还有自来水也停了。"
    assert not book.case(case).confirmed
    assert workshop.ear.given[-1].seconds == pytest.approx(7.0, abs=0.05), "and the listening copy has all of it"
    book.confirm(case, "六坪村的路烂了，自来水也停了。")
    assert (book.case(case).said, book.case(case).confirmed) == ("六坪村的路烂了，自来水也停了。", True)


def test_what_came_late_is_added_once_though_it_is_heard_twice(book, workshop):
    workshop.ear.says = "六坪村 路烂了"
    case = spoken(book, workshop, 3.0)
    workshop.work()
    book.confirm(case, "六坪村的路烂了。")
    late_part(book, workshop, "六坪村 路烂了 还有自来水 也停了")
    workshop.work()
    with book.sessions.writing() as session:
        session.get_one(OutboxRow, workshop.promises(Task.TRANSCRIBE)[-1].id).settled_at = None
    book.watch.wait(minutes=10)
    workshop.work()
    assert len(workshop.ear.given) == 3
    assert book.case(case).said == "六坪村的路烂了。\n还有自来水也停了。"


def test_what_a_clerk_confirms_while_a_late_part_is_being_heard_is_not_the_whole(book, workshop):
    workshop.ear.says = "六坪村 路烂了"
    case = spoken(book, workshop, 3.0)
    workshop.work()
    book.confirm(case, "六坪村的路烂了。")
    late_part(book, workshop, "六坪村 路烂了 还有自来水 也停了")
    plain = workshop.ear.transcribe

    def heard(sound):
        book.confirm(case, "六坪村的路烂完了。")
        return plain(sound)

    workshop.ear.transcribe = heard
    workshop.work()
    assert book.case(case).said == "六坪村的路烂完了。\n还有自来水也停了。"
    assert not book.case(case).confirmed


AMR = (Path(__file__).parents[2] / "unit" / "speech" / "phones" / "phone.amr").read_bytes()


@pytest.fixture
def amr_case(book, workshop, tmp_path, monkeypatch):
    """A call whose sound only ffmpeg could open, and no ffmpeg; tmp_path is where one would be looked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    case = spoken(book, workshop, 3.0)
    workshop.carrier.sounds["https://carrier.example/RE0"] = AMR
    workshop.work()
    return case


def test_a_sound_that_needs_ffmpeg_is_kept_and_the_case_says_so_and_somebody_calls_back(book, workshop, amr_case):
    assert (book.case(amr_case).voice_only, book.case(amr_case).status) == ("needs_ffmpeg", Status.RECEIVED)
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]
    (recording,) = book.rows(Recording)
    assert (recording.state, recording.failure) == (Sound.STORED, "needs_ffmpeg")
    with book.sessions.reading() as session:
        key = session.get_one(Recording, recording.id).key.plain
    assert decipher(key, workshop.storage.get(recording.name)) == AMR


def test_once_ffmpeg_is_there_what_was_kept_is_heard(book, workshop, amr_case, tmp_path):
    fake = tmp_path / "ffmpeg"
    fake.write_text("#!/bin/sh\nexec /bin/cat /proc/self/fd/0\n", encoding="utf-8")
    fake.chmod(0o700)
    workshop.work_for(hours=1)
    assert (book.case(amr_case).voice_only, book.case(amr_case).status) == (None, Status.ASSIGNED)
    assert "养老保险" in book.case(amr_case).said
    assert book.rows(Recording)[0].failure is None
    assert not workshop.open_promises()


def test_where_no_ffmpeg_comes_within_a_day_it_is_no_longer_waited_for(book, workshop, amr_case):
    workshop.work_for(hours=23)
    assert workshop.open_promises()
    workshop.work_for(hours=5)
    assert not workshop.open_promises()
    assert len(book.rows(PersonTask)) == 1
    assert book.events(amr_case).count(Event.VOICE_ONLY) == 1


def test_what_can_be_played_is_heard_once_though_another_part_needs_ffmpeg(book, workshop, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    case = spoken(book, workshop, 3.0, 3.0)
    workshop.carrier.sounds["https://carrier.example/RE1"] = AMR
    workshop.work_for(hours=2)
    assert "养老保险" in book.case(case).said
    assert book.case(case).voice_only is None
    assert len(workshop.ear.given) == 1
    assert book.events(case).count(Event.PART_LOST) == 1


def _while_a_clerk_writes(book, case, transcribe):
    def heard(sound):
        book.listen(case)
        return transcribe(sound)

    return heard
