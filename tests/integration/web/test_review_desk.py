"""审核台: what comes first, one press for the words and their way, and two clerks at one case."""

import io
import re

import numpy as np
import pytest
import soundfile

from gateway.web.shapes import HEIGHT, outline
from models.casework import transcript
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD
from tests.integration.web.office import field

FIRST, SECOND = "六坪村的路灯坏了", "路灯坏了三天"
CHOSEN = re.compile(r'<select[^>]*\bname="(\w+)".*?</select>', re.DOTALL)
QUEUED = re.compile(r'href="/review/(\d{7})"')


@pytest.fixture
def vague(office):
    """A call that names no village for sure: a clerk must say whose it is."""
    return office.book.spoken_case(ROAD, "CA9", NEIGHBOUR)


def queue(browser):
    return QUEUED.findall(browser.read("/review"))


def shown(page):
    """What the form on the page would send if nobody touched it."""
    chosen = {}
    for select in CHOSEN.finditer(page):
        marked = re.search(r'value="([^"]*)" selected', select[0])
        chosen[select[1]] = marked[1] if marked else ""
    name = re.search(r'name="(text-\d+)"', page)
    return {name[1]: field(page, name[1]), **chosen, "revision": field(page, "revision")}


def settle(browser, number, **instead):
    where = f"/review/{number}"
    form = {**shown(browser.read(where)), **instead}
    return browser.send(where, "desk", **form)


def test_what_may_be_danger_comes_first_then_what_is_due_first(office, vague):
    office.book.watch.wait(days=1)
    later = office.book.spoken_case(ROAD, "CA2")
    pressing = office.book.spoken_case("塌方了，有人埋在下面", "CA3")
    in_turn = [office.number(case) for case in (pressing, vague, later)]
    assert queue(office.at("huawu")) == in_turn


def test_of_one_day_what_the_machine_heard_least_surely_comes_first(office):
    cases = {}
    for sid, confidence in (("CA1", 0.9), ("CA2", 0.4), ("CA3", 0.7)):
        cases[confidence] = office.book.spoken_case(ROAD, sid)
        heard = transcript.Heard("[]", ROAD, confidence, "ear", demonstration=False)
        how = {"sound": "copy", "county": office.book.county, "now": office.book.watch()}
        office.book.do(
            cases[confidence], lambda s, p, heard=heard, how=how: transcript.attach(s, p.statements[0], heard, **how)
        )
    assert queue(office.at("huawu")) == [office.number(cases[sure]) for sure in (0.4, 0.7, 0.9)]


def test_what_is_still_being_heard_or_may_be_a_report_or_is_settled_does_not_wait_here(office):
    office.book.ring("CA7")
    office.book.say("CA7")
    office.book.spoken_case(REPORT, "CA2")
    done = office.book.spoken_case(PENSION, "CA3")
    office.book.confirm(done)
    assert queue(office.at("huawu")) == []
    assert "都核完了" in office.at("huawu").read("/review")


def test_one_press_confirms_the_words_says_whose_it_is_and_brings_the_next(office, vague):
    office.book.watch.wait(minutes=1)
    other = office.book.spoken_case(PENSION, "CA2")
    clerk = office.at("huawu")
    answer = settle(clerk, office.number(vague), unit="T6", category="road")
    assert answer.headers["Location"] == f"/review/{office.number(other)}"
    settled = office.book.case(vague)
    assert (settled.status, settled.unit_id, settled.category, settled.confirmed) == ("assigned", "T6", "road", True)
    assert queue(clerk) == [office.number(other)]


def test_after_the_last_case_the_queue_says_that_all_is_done(office, vague):
    answer = settle(office.at("huawu"), office.number(vague), unit="T6", category="road")
    assert answer.headers["Location"] == "/review"


def test_what_the_machine_has_shared_out_rightly_is_confirmed_as_it_stands(office):
    case = office.book.spoken_case(PENSION)
    settle(office.at("huawu"), office.number(case))
    settled = office.book.case(case)
    assert (settled.unit_id, settled.category_confirmed, settled.confirmed) == ("C17", True, True)


def test_confirming_late_words_does_not_ask_the_unit_once_more_that_is_at_work(office):
    case = office.book.spoken_case(PENSION)
    office.book.assign(case)
    office.book.accept(case)
    settle(office.at("huawu"), office.number(case))
    settled = office.book.case(case)
    assert (settled.status, settled.confirmed) == ("handling", True)


def test_where_the_words_put_right_lead_elsewhere_she_sees_that_before_it_goes_there(office, vague):
    clerk, number = office.at("huawu"), office.number(vague)
    name = next(name for name in shown(clerk.read(f"/review/{number}")) if name.startswith("text-"))
    answer = settle(clerk, number, **{name: PENSION})
    assert answer.headers["Location"] == f"/review/{number}"
    page = clerk.read(f"/review/{number}")
    assert "建议的分办变了" in page
    assert "文字已核稿" in page
    assert office.book.case(vague).said == PENSION


def test_without_a_unit_nothing_is_taken_and_what_was_typed_stands_there_still(office, vague):
    clerk, number = office.at("huawu"), office.number(vague)
    name = next(name for name in shown(clerk.read(f"/review/{number}")) if name.startswith("text-"))
    answer = settle(clerk, number, unit="", category="road", **{name: "柳南的路烂了"})
    assert answer.status_code == 422
    assert "请选一个承办单位。" in answer.text
    assert field(answer.text, name) == "柳南的路烂了"
    assert not office.book.case(vague).confirmed


def test_empty_words_are_refused_at_their_own_field(office, vague):
    clerk, number = office.at("huawu"), office.number(vague)
    name = next(name for name in shown(clerk.read(f"/review/{number}")) if name.startswith("text-"))
    answer = settle(clerk, number, **{name: " "})
    assert (answer.status_code, "请写下她说的话" in answer.text) == (422, True)


def test_what_is_left_out_for_now_is_followed_by_the_next_and_the_last_by_the_first(office, vague):
    office.book.watch.wait(days=1)
    later = office.book.spoken_case(ROAD, "CA2")
    clerk, first, second = office.at("huawu"), office.number(vague), office.number(later)
    assert clerk.get(f"/review?after={first}").headers["Location"] == f"/review/{second}"
    assert clerk.get(f"/review?after={second}").headers["Location"] == f"/review/{first}"


def overtake(office, case, form):
    """Another clerk confirms other words while this form lies open; what the form is answered with."""
    clerk, number = office.at("huawu"), office.number(case)
    open_page = shown(clerk.read(f"/review/{number}"))
    office.book.confirm(case, FIRST)
    name = next(name for name in open_page if name.startswith("text-"))
    return clerk.send(form, "desk", on=f"/cases/{number}", **{**open_page, name: SECOND, "text": SECOND})


def test_of_two_clerks_the_second_sees_what_the_first_wrote_and_loses_nothing(office, vague):
    answer = overtake(office, vague, f"/review/{office.number(vague)}")
    assert answer.status_code == 409
    assert FIRST in answer.text
    assert field(answer.text, f"text-{office.statement(vague).id}") == SECOND
    assert "蒲小玲" in answer.text.partition("刚才发生的")[2]
    assert office.book.case(vague).said == FIRST


def test_sent_again_from_there_what_she_wrote_is_taken(office, vague):
    clerk, number, statement = office.at("huawu"), office.number(vague), office.statement(vague).id
    answer = overtake(office, vague, f"/review/{number}")
    form = {"unit": "T6", "category": "road", "revision": field(answer.text, "revision")}
    assert clerk.send(f"/review/{number}", "desk", **{f"text-{statement}": SECOND, **form}).status_code == 303
    assert office.book.case(vague).said == SECOND


def test_on_the_page_of_the_case_nobody_overwrites_anybody_either(office, vague):
    answer = overtake(office, vague, f"/cases/{office.number(vague)}/words/{office.statement(vague).id}")
    assert (answer.status_code, field(answer.text, "text")) == (409, SECOND)
    assert office.book.case(vague).said == FIRST


def test_two_who_change_nothing_of_each_other_are_not_disturbed(office, vague):
    clerk, number = office.at("huawu"), office.number(vague)
    open_page = shown(clerk.read(f"/review/{number}"))
    office.book.listen(vague, by="duban")
    answer = clerk.send(f"/review/{number}", "desk", **{**open_page, "unit": "T6", "category": "road"})
    assert answer.status_code == 303


def test_each_word_opens_the_sound_at_its_second_and_a_doubtful_one_is_underlined(office):
    case = office.book.spoken_case(PENSION)
    heard = transcript.Heard(
        '[["我", 0.1, 0.4, 0.9], ["来", 0.5, 1.25, 0.3]]', "我，来。", 0.6, "ear", demonstration=False
    )
    how = {"sound": "copy", "county": office.book.county, "now": office.book.watch()}
    office.book.do(case, lambda s, p: transcript.attach(s, p.statements[0], heard, **how))
    page = office.at("huawu").read(f"/review/{office.number(case)}")
    words = re.findall(r'class="word([^"]*)"\s+href="[^"]*#t=([\d.]+)"[^>]*>([^<]*)</a>([，。]?)', page)
    assert words == [("", "0.10", "我", "，"), (" doubtful", "0.50", "来", "。")]


def test_a_picture_of_the_sound_is_high_where_it_is_loud():
    sound = io.BytesIO()
    soundfile.write(sound, np.concatenate([np.zeros(8000), np.sin(np.arange(8000))]), 8000, format="WAV")
    bars = re.findall(r"M(\d+) (\d+)V(\d+)", outline(sound.getvalue()))
    high = {int(x): int(bottom) - int(top) for x, top, bottom in bars}
    assert high[100] < HEIGHT / 10
    assert high[500] == HEIGHT


def test_of_a_recording_of_nothing_there_is_a_line():
    sound = io.BytesIO()
    soundfile.write(sound, np.zeros(0), 8000, format="WAV")
    assert outline(sound.getvalue()).count("M") == 600


def test_the_picture_of_her_voice_is_no_listening_and_is_not_for_whoever_may_not_hear(office):
    case = office.book.spoken_case(PENSION)
    office.keep_sound(case)
    where = f"/cases/{office.number(case)}/sound/{office.statement(case).id}/shape"
    answer = office.at("huawu").get(where)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "listened" not in office.book.events(case)
    office.book.assign(case, unit="C29", village="C29")
    assert office.at("shuangcha").get(where).status_code == 403
