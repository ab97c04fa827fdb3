"""提示音 on its page: the technician brings a recording, hears it, takes it away; nobody else, nothing but sound."""

import io

import pytest

from gateway.web.voices import BIGGEST
from tests.integration.web.office import TOKEN
from tests.workshop import hum
from worker.voicing import take_up


def send(browser, path, *, sound=None, form="bring-greet"):
    token = TOKEN.search(browser.get("/prompts").text)[1]
    fields = {"csrf_token": token, "form": form}
    if sound is not None:
        fields["sound"] = (io.BytesIO(sound), "greet.wav")
    return browser.client.post(path, data=fields, content_type="multipart/form-data")


@pytest.fixture
def technician(office):
    return office.at("jishu")


def test_the_technician_brings_a_recording_hears_it_and_takes_it_away(office, technician):
    assert send(technician, "/prompts/cmn/greet", sound=hum(2)).status_code == 303
    assert "正在检查" in technician.read("/prompts")
    take_up(office.desk)
    page = technician.read("/prompts")
    assert "录了 1 条" in page
    assert technician.get("/prompts/cmn/greet/sound").data == office.desk.voicebox.sound("cmn", "greet")
    assert send(technician, "/prompts/cmn/greet/away").status_code == 303
    assert "录了 0 条" in technician.read("/prompts")
    assert technician.get("/prompts/cmn/greet/sound").status_code == 404


def test_each_language_has_a_page_of_its_own(office, technician):
    send(technician, "/prompts/qiang/greet", sound=hum(2))
    take_up(office.desk)
    assert "羌语：" in technician.read("/prompts?language=qiang")
    assert "录了 1 条" in technician.read("/prompts?language=qiang")
    assert "录了 0 条" in technician.read("/prompts?language=sichuan")
    assert technician.get("/prompts?language=elvish").status_code == 404


def test_what_is_amiss_is_said_beside_the_sentence(office, technician):
    send(technician, "/prompts/cmn/greet", sound=hum(2, loud=0.01))
    take_up(office.desk)
    page = technician.read("/prompts")
    assert "太轻，听不清。" in page
    assert "1 条要重录" in page


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"MZ\x90"], ids=["nothing", "page", "program"])
def test_what_is_no_sound_is_refused_on_the_same_page(office, technician, body):
    answer = send(technician, "/prompts/cmn/greet", sound=body)
    assert answer.status_code == 422
    assert "请选一个录音文件" in answer.text
    assert not office.desk.voicebox.brought()


def test_a_recording_may_be_larger_than_another_form_and_not_endless(technician):
    larger = hum(25)  # 400 KB
    assert send(technician, "/prompts/cmn/greet", sound=larger).status_code == 303
    assert send(technician, "/prompts/cmn/greet/away", sound=larger).status_code == 413
    endless = {"input_stream": io.BytesIO(bytes(BIGGEST + 1)), "content_type": "multipart/form-data; boundary=x"}
    assert technician.client.post("/prompts/cmn/greet", **endless).status_code == 413


@pytest.mark.parametrize("path", ["/prompts/cmn/nothing", "/prompts/elvish/greet", "/prompts/cmn/..%2fgreet"])
def test_a_sentence_that_is_none_cannot_be_recorded(technician, path):
    assert send(technician, path, sound=hum(1)).status_code == 404


def test_nobody_but_the_technician_has_the_page(office):
    seen = {who: office.at(who).get("/prompts").status_code for who in ("huawu", "liuping", "duban", "jiwei", "jishu")}
    assert {who for who, status in seen.items() if status == 200} == {"jishu"}
    clerk = office.at("huawu")
    token = TOKEN.search(clerk.get("/counter").text)[1]
    sent = clerk.client.post("/prompts/cmn/greet", data={"csrf_token": token, "sound": (io.BytesIO(hum(1)), "x.wav")})
    assert (sent.status_code, office.desk.voicebox.brought()) == (403, [])
