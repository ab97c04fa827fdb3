"""The parts of her voice: written into words once she has hung up and every part is here; a lost one is no dead end."""

from threading import Thread

from models.casework import parts
from models.history import Event
from models.lifecycle import Status
from models.outbox import OutboxRow, Task
from models.permissions import SYSTEM
from models.recording import Recording, Sound
from models.tasks import PersonTask, Why
from models.visible import by_id
from tests.casebook import PENSION, ROAD


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


def test_a_part_that_is_lost_among_others_is_no_case_without_words(book):
    book.ring()
    case = book.say(part="RE1")
    book.say(part="RE2")
    book.hang_up()
    _lose(book, "RE1", "http_404")
    assert book.case(case).voice_only is None, "the other part is still on its way"
    _store(book, "RE2")
    book.hear(case, PENSION)
    assert book.case(case).voice_only is None
    assert Event.PART_LOST in book.events(case)
    assert Event.VOICE_ONLY not in book.events(case)
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]
    assert _missing(book, case) == ["http_404"]


def test_a_case_whose_every_part_is_lost_is_a_voice_without_words_whichever_was_lost_first(book):
    book.ring()
    case = book.say(part="RE1")
    book.say(part="RE2")
    book.hang_up()
    _lose(book, "RE2", "damaged")
    _lose(book, "RE1", "http_404")
    assert book.case(case).voice_only == "http_404"
    assert len(book.rows(PersonTask)) == 1, "she is called back once"
    assert _missing(book, case) == ["http_404", "damaged"]


def test_a_case_without_words_has_words_once_a_later_part_is_understood(book):
    case = book.spoken_case("")
    assert book.case(case).voice_only == "no_words"
    book.hear(case, PENSION)
    assert book.case(case).voice_only is None


def test_a_part_that_comes_after_the_confirmation_is_written_too_and_must_be_confirmed_again(book):
    case = book.spoken_case(ROAD)
    _store(book, "RE-CA1")
    book.confirm(case, "柳南村的路烂了")
    due, promised = book.case(case).finish_due_at, _promised(book).count(Task.TRANSCRIBE)
    book.watch.wait(hours=5)
    book.say(part="RE9")
    assert book.case(case).confirmed, "nothing of it is here yet"
    _store(book, "RE9")
    again = book.case(case)
    assert (again.confirmed, again.said, again.finish_due_at) == (False, "柳南村的路烂了", due)
    assert _promised(book).count(Task.TRANSCRIBE) == promised + 1
    assert book.events(case)[-1] == Event.NEW_PART
    assert not book.rows(PersonTask), "whoever confirms it will hear it before anything is answered"


def test_who_was_answered_already_when_the_rest_of_her_words_came_is_called(book):
    case = book.answered_case()
    book.say(part="RE9")
    _store(book, "RE9")
    assert [(task.why, task.petition_id) for task in book.rows(PersonTask)] == [(Why.NEW_PART, case)]
    assert not book.case(case).confirmed


def test_of_what_came_late_and_was_lost_nothing_is_to_be_confirmed_and_she_is_called(book):
    case = book.spoken_case(ROAD)
    book.confirm(case, "柳南村的路烂了")
    book.say(part="RE9")
    _lose(book, "RE9", "http_404")
    assert book.case(case).confirmed
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]
    assert book.case(case).voice_only is None


def test_what_was_confirmed_before_anything_could_be_heard_is_heard_all_the_same(book):
    book.ring()
    case = book.say(part="RE1")
    book.say(part="RE2")
    book.hang_up()
    _store(book, "RE1")
    book.confirm(case, "听不清")
    _lose(book, "RE2", "http_404")
    assert _promised(book).count(Task.TRANSCRIBE) == 1


def test_a_part_that_nothing_here_can_play_is_kept_and_she_is_called_back_once(book):
    book.ring()
    case = book.say()
    book.hang_up()
    _store(book, "RE1")
    for _ in range(2):
        with book.sessions.writing() as session:
            parts.unheard(session, _recording(session, "RE1"), why="needs_ffmpeg", now=book.watch())
    assert (book.case(case).voice_only, book.rows(Recording)[0].state) == ("needs_ffmpeg", Sound.STORED)
    assert book.events(case).count(Event.VOICE_ONLY) == 1
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]


def _missing(book, case):
    with book.sessions.reading() as session:
        return [why for whys in parts.missing(session, by_id(session, SYSTEM, case)).values() for why in whys]


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
