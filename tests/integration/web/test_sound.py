"""The sound beside the words: whole, by parts, for whom, and who listened."""

import pytest

from models.history import Event
from tests.casebook import PENSION, REPORT


@pytest.fixture
def spoken(office):
    return office.book.spoken_case(PENSION)


@pytest.fixture
def sound(office, spoken):
    return office.keep_sound(spoken)


def path(office, case):
    return f"/cases/{office.number(case)}/sound/{office.statement(case).id}"


def listeners(office, case):
    return office.book.events(case).count(Event.LISTENED)


def test_the_listening_copy_comes_deciphered_as_wav_and_no_browser_keeps_it(office, spoken, sound):
    answer = office.at("huawu").get(path(office, spoken))
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "audio/wav", sound)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_player_gets_the_part_it_asks_for(office, spoken, sound):
    answer = office.at("huawu").get(path(office, spoken), Range="bytes=100-199")
    assert (answer.status_code, answer.data) == (206, sound[100:200])
    assert answer.headers["Content-Range"] == f"bytes 100-199/{len(sound)}"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_part_that_is_not_there_is_refused(office, spoken, sound):
    answer = office.at("huawu").get(path(office, spoken), Range=f"bytes={len(sound)}-")
    assert answer.status_code == 416


def test_who_listens_is_written_down_once_and_not_at_every_drag_of_the_knob(office, spoken, sound):
    clerk, where = office.at("huawu"), path(office, spoken)
    clerk.get(where, Range="bytes=0-")
    clerk.get(where, Range="bytes=4000-")
    clerk.get(where, Range="bytes=8000-9000")
    assert listeners(office, spoken) == 1
    clerk.get(where)
    assert listeners(office, spoken) == 2


@pytest.mark.parametrize("part", ["bytes=1-", "bytes=-500", "nonsense"])
def test_nobody_listens_unwritten_by_leaving_out_the_beginning(office, spoken, sound, part):
    office.at("duban").get(path(office, spoken))
    office.at("huawu").get(path(office, spoken), Range=part)
    assert listeners(office, spoken) == 2


def test_the_upper_unit_reads_but_does_not_hear(office, spoken, sound):
    office.book.assign(spoken, unit="C29", village="C29")
    cadre, number = office.at("shuangcha"), office.number(spoken)
    assert "<audio" not in cadre.read(f"/cases/{number}")
    assert cadre.get(path(office, spoken)).status_code == 403
    assert cadre.get(path(office, spoken), Range="bytes=1-").status_code == 403
    assert listeners(office, spoken) == 0


def test_whoever_has_listened_hears_no_more_of_it_once_the_case_has_gone_to_another(office, spoken, sound):
    office.book.assign(spoken, unit="T6", village="C29")
    cadre, where = office.at("shuangcha"), path(office, spoken)
    assert cadre.get(where).status_code == 200
    office.book.assign(spoken, unit="C29", village="C29")
    assert cadre.get(where, Range="bytes=1-").status_code == 403


def test_a_held_voice_is_heard_by_the_discipline_office_alone(office):
    case = office.book.spoken_case(REPORT)
    office.keep_sound(case)
    heard = {login: office.at(login).get(path(office, case)).status_code for login in ("huawu", "liuping", "jiwei")}
    assert heard == {"huawu": 404, "liuping": 404, "jiwei": 200}


def test_the_sound_of_another_case_is_not_had_under_this_ones_number(office, spoken, sound):
    other = office.book.spoken_case(PENSION, sid="CA2")
    office.keep_sound(other)
    mixed = f"/cases/{office.number(spoken)}/sound/{office.statement(other).id}"
    assert office.at("huawu").get(mixed).status_code == 404
    assert listeners(office, spoken) == 0


def test_a_text_has_no_sound(office):
    case = office.book.text_case(PENSION)
    assert office.at("huawu").get(path(office, case)).status_code == 404


def test_a_sound_that_is_lost_from_the_disk_is_a_trouble_with_an_id_and_not_silence(office, spoken):
    answer = office.at("huawu").get(path(office, spoken))
    assert answer.status_code == 500
    assert "请把这个号码告诉技术员" in answer.text
