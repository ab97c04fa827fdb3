"""The parts of her voice: written into words once she has hung up and every part is here; a lost one is no dead end."""

from threading import Thread

from models.casework import parts
from models.history import Event
from models.lifecycle import Status
from models.outbox import OutboxRow, Task
from models.recording import Recording, Sound
from models.tasks import PersonTask, Why


def test_her_words_are_to_be_written_once_she_has_hung_up_and_every_part_is_here(book):
    book.ring()
    book.say(part="RE1", seconds=7)
    book.say(part="RE2", seconds=4)
    _store(book, "RE1")
    book.hang_up()
    assert Task.TRANSCRIBE not in _promised(book)
    _store(book, "RE2")
    assert _promised(book).count(Task.TRANSCRIBE) == 1
    assert book.rows(OutboxRow, task=Task.TRANSCRIBE)[0].seconds == 11


def test_a_part_that_arrives_while_she_still_speaks_is_not_written_yet(book):
    book.ring()
    book.say()
    _store(book, "RE1")
    assert Task.TRANSCRIBE not in _promised(book)
    book.hang_up()
    assert Task.TRANSCRIBE in _promised(book)


def test_the_end_and_the_last_sound_at_the_same_instant_do_not_leave_it_to_each_other(book):
    book.ring()
    book.say()
    end = Thread(target=book.hang_up)
    with book.sessions.writing() as session:
        parts.stored(session, _recording(session, "RE1"), name="file", digest="d", now=book.watch())
        end.start()
        end.join(timeout=0.3)  # over by now only where nothing made it wait for the sound
    end.join()
    assert Task.TRANSCRIBE in _promised(book)


def test_a_part_that_is_lost_leaves_the_case_on_its_clock_and_a_promise_to_call_back(book):
    book.ring()
    case = book.say()
    book.hang_up()
    before = book.case(case).finish_due_at
    _lose(book, "RE1", "http_404")
    after = book.case(case)
    assert (after.voice_only, after.finish_due_at, after.status) == ("http_404", before, Status.RECEIVED)
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]
    assert Event.VOICE_ONLY in book.events(case)


def test_a_lost_part_does_not_keep_the_others_from_being_written(book):
    book.ring()
    book.say(part="RE1")
    book.say(part="RE2")
    book.hang_up()
    _store(book, "RE1")
    _lose(book, "RE2", "too_large")
    assert Task.TRANSCRIBE in _promised(book)


def _promised(book):
    return [row.task for row in book.rows(OutboxRow)]


def _recording(session, sid):
    return next(row for row in session.query(Recording) if row.sid == sid)


def _store(book, sid):
    with book.sessions.writing() as session:
        parts.stored(session, _recording(session, sid), name=f"file-{sid}", digest="d", now=book.watch())
    assert next(row for row in book.rows(Recording, sid=sid)).state == Sound.STORED


def _lose(book, sid, why):
    with book.sessions.writing() as session:
        parts.lost(session, _recording(session, sid), why=why, now=book.watch())
