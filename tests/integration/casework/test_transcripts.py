"""转写: the machine's words stand beside the sound and are never changed; a person's stand beside them."""

import pytest

from models.casework import transcript
from models.history import Event, HistoryLine
from models.lifecycle import BadInput, NotAllowed, Status
from models.permissions import SYSTEM
from models.petition import Statement
from models.tasks import PersonTask, Why
from models.visible import by_id
from tests.casebook import PENSION, REPORT, ROAD


def test_the_machines_words_come_with_their_times_their_model_and_the_sound_to_hear_them_by(book):
    case = book.spoken_case(PENSION)
    (statement,) = book.case(case).statements
    assert (statement.text, statement.heard, statement.model, statement.sound) == (
        PENSION, '[["…",0.0,1.0,0.9]]', "ear", "copy"
    )  # fmt: skip
    assert (statement.demonstration, statement.confidence) == (True, 0.9)
    assert not book.case(case).confirmed


def test_confirming_keeps_the_machines_words_beside_the_persons(book):
    case = book.spoken_case(ROAD)
    book.confirm(case, "柳南村的路烂了")
    (statement,) = book.case(case).statements
    assert (statement.text, statement.confirmed_text, statement.words) == (ROAD, "柳南村的路烂了", "柳南村的路烂了")
    assert book.case(case).confirmed
    (line,) = book.rows(HistoryLine, petition_id=case, event=Event.CONFIRMED)
    assert (line.officer_id, line.detail) == (book.officers["huawu"].officer_id, {"statements": [statement.id]})


def test_no_line_of_the_history_has_a_word_of_hers(book):
    case = book.spoken_case(PENSION)
    book.confirm(case, "我是六坪村的，养老保险到哪里去认证哦")
    assert not any("养老" in str(line.detail) for line in book.rows(HistoryLine))


def test_a_later_hearing_does_not_change_what_a_person_confirmed(book):
    case = book.spoken_case(ROAD)
    book.confirm(case, "柳南村的路烂了")
    book.hear(case, "六六六", model="another ear")
    assert book.case(case).said == "柳南村的路烂了"


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_nothing_is_no_confirmation(book, words):
    case = book.spoken_case(PENSION)
    with pytest.raises(BadInput) as refused:
        book.confirm(case, words)
    assert refused.value.field == "text"
    assert not book.case(case).confirmed


def test_a_text_of_endless_length_is_refused_and_one_just_below_is_kept(book):
    case = book.spoken_case(PENSION)
    with pytest.raises(BadInput):
        book.confirm(case, "字" * (transcript.LONGEST + 1))
    book.confirm(case, "字" * transcript.LONGEST)
    assert len(book.case(case).said) == transcript.LONGEST


def test_another_cases_statement_cannot_be_confirmed_through_this_one(book):
    mine, other = book.spoken_case(PENSION, "CA1"), book.spoken_case(ROAD, "CA2")
    with book.sessions.reading() as session:
        strange = {by_id(session, SYSTEM, other).statements[0].id: "改了"}
    with pytest.raises(BadInput):
        _confirm(book, mine, strange)
    assert Event.CONFIRMED not in book.events(mine)
    assert book.case(other).said == ROAD


@pytest.mark.parametrize("who", ["shuangcha", "duban", "jiwei", "jishu"])
def test_whoever_does_not_deal_with_a_case_does_not_confirm_its_words(book, who):
    case = book.spoken_case(PENSION)
    with pytest.raises(NotAllowed):
        book.confirm(case, by=who)


def test_who_listened_is_written_down_every_time(book):
    case = book.spoken_case(PENSION)
    for who in ("huawu", "liuping", "duban"):
        book.listen(case, by=who)
    heard = [line.officer_id for line in book.rows(HistoryLine, petition_id=case, event=Event.LISTENED)]
    assert heard == [book.officers[who].officer_id for who in ("huawu", "liuping", "duban")]


@pytest.mark.parametrize("who", ["shuangcha", "jishu", "jiwei"])
def test_whoever_may_not_listen_leaves_no_trace_of_having_done_so(book, who):
    case = book.spoken_case(PENSION)
    with pytest.raises(NotAllowed):
        book.listen(case, by=who)
    assert Event.LISTENED not in book.events(case)


def test_where_no_word_could_be_heard_the_case_stands_and_a_person_calls_back(book):
    case = book.spoken_case("")
    silent = book.case(case)
    assert (silent.voice_only, silent.status, silent.deadline_class) == ("no_words", Status.RECEIVED, "consult")
    assert [(task.why, task.petition_id) for task in book.rows(PersonTask)] == [(Why.VOICE_ONLY, case)]


def test_where_nobody_spoke_the_case_says_so(book):
    book.ring()
    case = book.say()
    book.hang_up()
    nobody = transcript.Heard("[]", "", 0.0, "ear", demonstration=True, voice=False)
    book.do(case, lambda s, p: transcript.attach(
        s, p.statements[0], nobody, sound="copy", county=book.county, now=book.watch()
    ))  # fmt: skip
    assert book.case(case).voice_only == "no_voice"
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]


def test_the_same_trouble_twice_is_one_promise(book):
    case = book.spoken_case("")
    book.hear(case, "")
    assert len(book.rows(PersonTask)) == 1
    assert book.events(case).count(Event.VOICE_ONLY) == 1


def test_a_case_without_words_can_be_confirmed_by_who_has_listened(book):
    case = book.spoken_case("")
    book.confirm(case, "听不清")
    assert book.case(case).confirmed


def test_the_trouble_of_a_held_case_is_for_the_inspector_alone(book):
    case = book.spoken_case(REPORT)
    book.hear(case, "")
    assert [task.held for task in book.rows(PersonTask)] == [True]


def test_a_text_and_a_call_are_never_one_statement(book):
    book.text_case(PENSION)
    book.spoken_case(PENSION)
    assert [(one.channel, one.call_id is None) for one in book.rows(Statement)] == [("sms", True), ("voice", False)]


def _confirm(book, case, words):
    with book.sessions.writing() as session:
        petition = by_id(session, SYSTEM, case)
        transcript.confirm(session, petition, words, by=book.officers["huawu"], county=book.county, now=book.watch())
