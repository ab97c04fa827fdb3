"""Her voice is brought from the carrier, verified and enciphered; no voice is asked for again, and then given up."""

import pytest

from gateway.providers.base import ProviderError
from models.history import Event
from models.keyring import decipher
from models.lifecycle import Status
from models.outbox import OutboxRow, Task
from models.recording import Recording, Sound
from models.tasks import PersonTask, Why
from tests.fake_carrier import PowerCut
from tests.workshop import hum
from worker.duties import keep
from worker.fetch import TRIES_FOR_BAD_SOUND, TRIES_FOR_DEAD_LINE, TRIES_FOR_MISSING
from worker.jobs import DUTIES

RE1 = "https://carrier.example/RE1"


@pytest.fixture
def case(book):
    """She said one part of six seconds and hung up."""
    book.ring()
    case = book.say(seconds=6)
    book.hang_up()
    return case


def recording(book):
    return book.rows(Recording)[0]


def test_a_good_recording_is_stored_enciphered_under_a_name_that_says_nothing(book, workshop, carrier, case):
    carrier.sounds[RE1] = hum(6.0)
    workshop.work()
    stored = recording(book)
    assert (stored.state, stored.failure) == (Sound.STORED, None)
    box = workshop.storage.get(stored.name)
    assert carrier.sounds[RE1] not in box
    assert "RE1" not in stored.name
    with book.sessions.reading() as session:
        key = session.get_one(Recording, stored.id).key.plain
    assert decipher(key, box) == carrier.sounds[RE1]


def test_once_every_part_is_here_her_words_are_to_be_written(book, workshop, carrier, case):
    carrier.sounds[RE1] = hum(6.0)
    workshop.work()
    assert len(workshop.promises(Task.TRANSCRIBE)) == 1
    assert workshop.ear.given


def test_a_whole_statement_is_put_into_words_by_the_hand_that_brought_it_and_nobody_is_woken(
    book, workshop, carrier, case, rung
):
    carrier.sounds[RE1] = hum(6.0)
    fetch = next(row for row in workshop.due() if row.task == Task.FETCH)
    rung.clear()
    keep(workshop.bench, fetch.id, DUTIES)
    assert workshop.ear.given
    assert Task.TRANSCRIBE not in {row.task for row in workshop.open_promises()}
    assert not rung


def test_what_takes_longer_to_hear_than_its_last_part_to_bring_waits_for_a_job_of_its_own(
    book, workshop, carrier, rung
):
    book.ring()
    book.say(seconds=6)
    book.say(part="RE2", seconds=4)
    book.hang_up()
    carrier.sounds |= {RE1: hum(6.0), RE1.replace("RE1", "RE2"): hum(4.0)}
    fetches = [row for row in workshop.due() if row.task == Task.FETCH]
    rung.clear()
    for fetch in fetches:
        keep(workshop.bench, fetch.id, DUTIES)
    (waiting,) = workshop.promises(Task.TRANSCRIBE)
    assert (waiting.settled_at, waiting.worker) == (None, None)
    assert rung


@pytest.mark.parametrize(
    ("what", "body", "why"),
    [
        ("nothing", b"", "empty"),
        ("an error page", b"<html><body>502 Bad Gateway</body></html>", "not_audio"),
        ("a text", "六坪村的自来水停了".encode(), "not_audio"),
        ("cut short", hum(6.0)[:-20000], "damaged"),
        ("half as long as was said", hum(3.0), "wrong_length"),
        ("twice as long as was said", hum(12.0), "wrong_length"),
        ("forty megabytes", hum(6.0) + bytes(40_000_000), "too_large"),
    ],
)
def test_what_is_no_voice_leaves_the_case_on_its_clock_and_a_promise_to_call_back(
    book, workshop, carrier, case, what, body, why
):
    due = book.case(case).finish_due_at
    carrier.sounds[RE1] = body
    workshop.work_for(hours=1)
    assert (recording(book).state, recording(book).failure) == (Sound.LOST, why)
    stands = book.case(case)
    assert (stands.voice_only, stands.status, stands.finish_due_at) == (why, Status.RECEIVED, due)
    (task,) = book.rows(PersonTask)
    assert (task.why, task.petition_id) == (Why.VOICE_ONLY, case)
    assert Event.VOICE_ONLY in book.events(case)
    assert not workshop.open_promises()
    assert [seen.id for seen in book.cases("huawu")] == [case]


def test_a_bad_body_is_asked_for_again_a_few_times_because_an_error_page_may_pass(book, workshop, carrier, case):
    carrier.sounds[RE1] = b"<html>"
    workshop.work()
    assert recording(book).state == Sound.EXPECTED
    carrier.sounds[RE1] = hum(6.0)
    workshop.work_for(hours=0.1)
    assert recording(book).state == Sound.STORED
    assert not book.rows(PersonTask)


@pytest.mark.parametrize(
    ("trouble", "tries", "why"),
    [
        (None, TRIES_FOR_MISSING, "http_404"),
        (ProviderError("http_410", retryable=True), TRIES_FOR_MISSING, "http_410"),
        (ProviderError("http_503", retryable=True), TRIES_FOR_DEAD_LINE, "http_503"),
        (ProviderError("http_401", retryable=True), TRIES_FOR_DEAD_LINE, "http_401"),
        (ProviderError("not_audio", retryable=True), TRIES_FOR_MISSING, "not_audio"),
        (ProviderError("unreachable", retryable=True), TRIES_FOR_DEAD_LINE, "unreachable"),
        (ProviderError("too_large", retryable=False), 1, "too_large"),
    ],
)
def test_how_often_it_is_asked_for_before_it_is_given_up(book, workshop, carrier, case, trouble, tries, why):
    if trouble:
        carrier.troubles["fetch_sound"] = [trouble] * 200
    workshop.work_for(hours=48)
    assert carrier.asked.count("fetch_sound") == tries
    assert (recording(book).state, recording(book).failure) == (Sound.LOST, why)


def test_a_recording_that_never_arrives_is_given_up_within_half_an_hour(book, workshop, case):
    workshop.work_for(hours=0.5)
    assert recording(book).state == Sound.LOST
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]


def test_a_carrier_that_cannot_be_reached_for_a_night_still_has_her_voice_in_the_morning(book, workshop, carrier, case):
    carrier.troubles["fetch_sound"] = [ProviderError("unreachable", retryable=True)] * 200
    workshop.work_for(hours=8)
    assert recording(book).state == Sound.EXPECTED
    carrier.sounds[RE1] = hum(6.0)
    carrier.troubles.clear()
    workshop.work_for(hours=1)
    assert recording(book).state == Sound.STORED


def test_one_not_there_after_a_night_of_silence_does_not_cost_her_voice(book, workshop, carrier, case):
    carrier.troubles["fetch_sound"] = [ProviderError("unreachable", retryable=True)] * 200
    workshop.work_for(hours=8)
    carrier.troubles["fetch_sound"] = [ProviderError("http_404", retryable=True)] * (TRIES_FOR_MISSING - 1)
    carrier.sounds[RE1] = hum(6.0)
    workshop.work_for(hours=2)
    assert (recording(book).state, recording(book).failure) == (Sound.STORED, None)
    assert not book.rows(PersonTask)


def test_after_a_night_of_silence_a_recording_that_is_truly_gone_is_given_up_as_soon_as_ever(
    book, workshop, carrier, case
):
    carrier.troubles["fetch_sound"] = [ProviderError("unreachable", retryable=True)] * 200
    workshop.work_for(hours=8)
    carrier.troubles.clear()
    asked = carrier.asked.count("fetch_sound")
    workshop.work_for(hours=0.75)
    assert recording(book).state == Sound.LOST
    assert carrier.asked.count("fetch_sound") == asked + TRIES_FOR_MISSING


def test_a_carrier_whose_troubles_keep_changing_is_given_up_after_two_days(book, workshop, carrier, case):
    dead, gone = ProviderError("unreachable", retryable=True), ProviderError("http_404", retryable=True)
    carrier.troubles["fetch_sound"] = [dead, gone] * 100_000
    for _ in range(20):
        workshop.work()
        book.watch.wait(hours=2)
    assert recording(book).state == Sound.EXPECTED
    for _ in range(6):
        workshop.work()
        book.watch.wait(hours=2)
    assert recording(book).state == Sound.LOST


@pytest.mark.parametrize("seconds", [5.0, 6.0, 7.0])
def test_a_second_more_or_less_than_was_said_is_the_carriers_rounding(book, workshop, carrier, case, seconds):
    carrier.sounds[RE1] = hum(seconds)
    workshop.work()
    assert recording(book).state == Sound.STORED


def test_what_is_here_already_is_not_fetched_again(book, workshop, carrier, case):
    carrier.sounds[RE1] = hum(6.0)
    workshop.work()
    name = recording(book).name
    with book.sessions.writing() as session:
        session.get_one(OutboxRow, workshop.promises(Task.FETCH)[0].id).settled_at = None
    book.watch.wait(minutes=10)
    workshop.work()
    assert recording(book).name == name
    assert carrier.asked.count("fetch_sound") == 1


def test_a_worker_that_dies_while_fetching_leaves_the_voice_to_the_next_one(book, workshop, carrier, case):
    carrier.sounds[RE1] = hum(6.0)
    carrier.troubles["fetch_sound"] = [PowerCut()]
    row = next(row for row in workshop.due() if row.task == Task.FETCH)
    workshop.die_at(row)
    book.watch.wait(minutes=5)
    workshop.work(workshop.colleague())
    assert recording(book).state == Sound.STORED
    assert len(workshop.promises(Task.TRANSCRIBE)) == 1


def test_a_full_disk_puts_the_fetching_off_and_loses_nothing(book, workshop, carrier, case):
    class FullDisk:
        def put(self, body):
            raise OSError(28, "No space left on device")

    carrier.sounds[RE1] = hum(6.0)
    workshop.desk.__dict__["storage"] = FullDisk()
    workshop.work()
    assert recording(book).state == Sound.EXPECTED
    workshop.desk.__dict__["storage"] = workshop.storage
    workshop.work_for(hours=0.1)
    assert recording(book).state == Sound.STORED


def test_one_bad_part_does_not_cost_the_good_ones(book, workshop, carrier):
    book.ring()
    book.say(part="RE1", seconds=6)
    case = book.say(part="RE2", seconds=4)
    book.hang_up()
    carrier.sounds = {RE1: hum(6.0), "https://carrier.example/RE2": b"<html>"}
    workshop.work_for(hours=1)
    assert [row.state for row in book.rows(Recording)] == [Sound.STORED, Sound.LOST]
    assert "养老保险" in book.case(case).said
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]


def test_it_is_known_how_patient_we_are():
    assert (TRIES_FOR_BAD_SOUND, TRIES_FOR_MISSING, TRIES_FOR_DEAD_LINE) == (4, 6, 100)
