"""Texts in and out, through the exchange."""

import pytest
from sqlalchemy import select

from models.keyring import decipher
from models.picture import Picture
from tests.unit.models.test_picture_kinds import png


def test_a_text_is_a_case_and_is_answered_with_its_number_and_no_word_of_the_matter(village):
    village.text("+8613900000301", "三道沟村口子上的路灯一盏都不亮，夜里摔了人")
    case = village.settled().case_of("+8613900000301")
    answer = village.phone("+8613900000301").last_sms
    assert (case.channel, case.village_id, case.category) == ("sms", "C25", "road")
    assert case.number in answer
    assert "路灯" not in answer


def test_the_same_text_brought_twice_by_the_carrier_is_one_case_and_one_answer(village):
    phone = village.phone("+8613900000302")
    sid = phone.text("八角村的自来水停了三天了", to=village.number)
    phone.text("八角村的自来水停了三天了", to=village.number, sid=sid)
    village.settled()
    hashed = village.desk.sessions.keyring.hash_number("+8613900000302")
    assert len([case for case in village.cases() if case.caller_hash == hashed]) == 1
    assert len(phone.messages) == 1


@pytest.mark.parametrize("words", ["", "😀😀", "。。。"])
def test_a_text_without_a_word_is_answered_with_how_to_ask(village, words):
    number = f"+86139000004{len(words):02d}"
    village.text(number, words)
    village.settled()
    assert "直接发短信说事" in village.phone(number).last_sms


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("11", "三道沟村的路烂了，" * 1100),
        ("12", "三道溝村的路燈壞了，請派人來修"),
        ("13", "三道沟村的路灯坏了　１２３　ＡＢＣ"),
    ],
)
def test_a_very_long_a_traditional_or_a_full_width_text_is_a_case_word_for_word(village, last, words):
    village.text(f"+86139000005{last}", words)
    assert village.settled().case_of(f"+86139000005{last}").said == words


def test_a_report_by_text_is_held_for_the_discipline_office_and_the_answer_is_like_any_other(village):
    village.text("+8613900000305", "我要举报三道沟村的支书把低保给了他亲戚")
    case = village.settled().newest_report()
    assert (case.held, case.status, case.unit_id) == (True, "assigned", "jw")
    assert village.phone("+8613900000305").last_sms.replace(case.number, "N") == village.phone(
        "+8613900000301"
    ).last_sms.replace(village.case_of("+8613900000301").number, "N")


def test_a_picture_that_comes_with_a_text_is_kept_with_its_case(village):
    number = "+8613900000306"
    village.phone(number).text("八角村的路垮了，您看", to=village.number, pictures=[("image/png", png())])
    case = village.settled().case_of(number)
    with village.desk.sessions.reading() as session:
        (picture,) = session.scalars(select(Picture).where(Picture.petition_id == case.id))
        key, name = picture.key.plain, picture.name
    assert decipher(key, village.desk.storage.get(name)) == png()


def test_parts_of_a_text_are_one_case_and_another_matter_is_another(village):
    number = "+8613900000307"
    for words in ("八角村二组的水管爆了，", "我叫田桂芳，门口有棵核桃树", "还有八角村的低保名单贴错了"):
        village.text(number, words)
    village.settled()
    hashed = village.desk.sessions.keyring.hash_number(number)
    said = [case.said for case in village.cases() if case.caller_hash == hashed]
    assert said == ["八角村二组的水管爆了， 我叫田桂芳，门口有棵核桃树", "还有八角村的低保名单贴错了"]
