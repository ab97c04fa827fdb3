"""What the page of a case says of parts of her voice that came late, gave no words or never came."""

import pytest

from models.casework import parts
from models.recording import Recording
from tests.casebook import ROAD
from tests.integration.web.office import field


def part(office, sid, how, **about):
    """Another part of her call comes, and ends so (`stored`, `lost`)."""
    office.book.say(part=sid)
    with office.desk.sessions.writing() as session:
        recording = session.query(Recording).filter_by(sid=sid).one()
        getattr(parts, how)(session, recording, **about, now=office.book.watch())


def test_what_came_after_the_confirmation_is_said_so_and_the_form_begins_with_what_was_confirmed(office):
    case = office.book.spoken_case(ROAD)
    office.book.confirm(case, "柳南村的路烂了")
    part(office, "RE9", "stored", name="file", digest="d")
    number = office.number(case)
    page = office.at("huawu").read(f"/cases/{number}")
    assert "核稿以后又收到她的一段录音" in page
    assert "核稿以后又收到一段录音，要再核稿" in page, "in the history"
    assert field(page, "text") == "柳南村的路烂了"
    assert "未核稿" in office.at("huawu").read("/")
    (statement,) = office.book.case(case).statements
    form = f"words-{statement.id}"
    office.at("huawu").act(number, f"words/{statement.id}", form, text="柳南村的路烂了，水也停了")
    assert "核稿以后又收到她的一段录音" not in office.at("huawu").read(f"/cases/{number}")
    assert office.book.case(case).confirmed


@pytest.mark.parametrize(("why", "sentence"), [("http_404", "录音没有取到。"), ("damaged", "录音坏了，放不出来。")])
def test_a_part_that_gave_no_words_is_not_hidden_behind_the_words_of_the_others(office, why, sentence):
    case = office.book.spoken_case(ROAD)
    part(office, "RE9", "lost", why=why)
    page = office.at("huawu").read(f"/cases/{office.number(case)}")
    assert f"还有一段录音没有文字：{sentence}请打电话问清楚。" in page
    assert f"有一段录音没有文字：{sentence}</span>" in page, "in the history"
    assert "只有录音" not in page


def test_a_voice_that_was_not_understood_is_not_called_silence(office):
    case = office.book.spoken_case("")
    page = office.at("huawu").read(f"/cases/{office.number(case)}")
    assert "有人说话，机器没听懂。" in page
    assert "没有文字：有人说话，机器没听懂。" in page, "in the history"
    assert "没有听到" not in page


def test_cases_written_down_as_silent_before_are_still_readable(office):
    case = office.book.spoken_case("")
    office.book.do(case, lambda session, petition: setattr(petition, "voice_only", "silent"))
    assert "录音里没有听到说话的声音。" in office.at("huawu").read(f"/cases/{office.number(case)}")
