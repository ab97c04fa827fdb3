"""打电话录提示音 on the pages: the digits, the number to call, and who has changed what everybody hears."""

import pytest

from models.announcer import PromptChange
from tests.integration.web.test_voices_page import send
from tests.workshop import hum

PAGE = "/prompts/by-phone"


def test_a_clerk_chooses_digits_and_reads_where_to_call(office):
    clerk = office.at("huawu")
    assert "一接通就按 5" in clerk.read(PAGE)
    assert clerk.send(PAGE, "pin", pin="052718").status_code == 303
    assert "重新设六位密码" in clerk.read(PAGE)


@pytest.mark.parametrize("pin", ["12345", "111111", "123456"])
def test_digits_anybody_would_guess_are_refused_on_the_same_page(office, pin):
    answer = office.at("huawu").send(PAGE, "pin", pin=pin)
    assert answer.status_code == 422
    assert f'value="{pin}"' not in answer.text


def test_who_brought_a_recording_or_took_one_away_stands_there(office):
    technician = office.at("jishu")
    send(technician, "/prompts/cmn/greet", sound=hum(2))
    send(technician, "/prompts/cmn/greet/away")
    page = technician.read(PAGE)
    assert page.index("撤下了（普通话）") < page.index("传了录音文件（普通话）")
    lines = [(line.name, line.what) for line in office.book.rows(PromptChange)]
    assert lines == [("greet", "brought"), ("greet", "away")]


def test_a_cadre_has_no_such_page(office):
    assert office.at("liuping").get(PAGE).status_code == 403
