"""录提示音的电话: the number kept for it, and what is refused to whoever has not typed the digits in that very call."""

import pytest
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from gateway.app import webhooks
from gateway.hashing import hashed
from models.call import Call
from models.casework import announcing
from models.people import Officer
from tests.casebook import VILLAGER
from tests.workshop import SETTINGS

STUDIO, HERS, PIN = "+8681655500014", "+8613900009555", "052718"
PUBLIC = SETTINGS["XIANGYIN_PUBLIC_URL"]


@pytest.fixture
def posts(workshop):
    """Sends a webhook as the carrier does, from an officer's own telephone unless said otherwise."""
    book, client = workshop.book, webhooks(workshop.desk).test_client()
    with book.sessions.writing() as session:
        clerk = session.scalars(select(Officer).where(Officer.login == "huawu")).one()
        clerk.number = HERS
        announcing.choose(session, PIN, hashed=hashed, by=clerk.actor, now=book.watch())

    def post(path, **form):
        fields = {"CallSid": "CA1", "From": HERS, "To": STUDIO, **form}
        signed = RequestValidator(SETTINGS["TWILIO_AUTH_TOKEN"]).compute_signature(f"{PUBLIC}{path}", fields)
        return client.post(path, data=fields, headers={"X-Twilio-Signature": signed})

    return post


def test_an_officer_who_dials_the_number_kept_for_it_is_asked_for_her_digits(posts, book):
    assert "<Redirect" in posts("/twilio/voice").text
    assert "六位密码" in posts("/twilio/announcing").text
    assert "录普通话按一" in posts("/twilio/announcing/key?at=pin", Digits=PIN).text
    assert [call.told_at is not None for call in book.rows(Call)] == [True]


def test_anybody_else_who_dials_it_is_a_caller_as_on_any_line(posts):
    assert "您好，棠溪热线" in posts("/twilio/voice", From=VILLAGER).text


@pytest.mark.parametrize("where", ["tongue", "sentence", "sound", "keep"])
def test_past_the_digits_nobody_comes_without_them(posts, where):
    posts("/twilio/voice")
    assert "六位密码" in posts(f"/twilio/announcing/waited?at={where}&line=1&language=cmn").text


def test_nor_in_a_call_in_which_she_has_not_typed_them(posts):
    posts("/twilio/voice")
    posts("/twilio/announcing/key?at=pin", Digits=PIN)
    posts("/twilio/voice", CallSid="CA2")
    assert "六位密码" in posts("/twilio/announcing/key?at=tongue", CallSid="CA2", Digits="1").text


def test_a_call_nobody_knows_of_comes_nowhere(posts):
    assert "六位密码" in posts("/twilio/announcing/key?at=pin", CallSid="CA9", Digits=PIN).text


def test_what_the_carrier_has_not_signed_does_not_come_in(workshop):
    answer = webhooks(workshop.desk).test_client().post("/twilio/announcing", data={"CallSid": "CA1"})
    assert answer.status_code == 403
