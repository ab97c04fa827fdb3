"""Something of ours breaks while she is on the line: she hears a sentence, and it is written down."""

import pytest
from twilio.request_validator import RequestValidator

from gateway.app import webhooks
from models.call import Call
from models.tasks import PersonTask, Why
from tests.casebook import VILLAGER

TOWNSHIP = "+8681655500031"


@pytest.fixture
def say(office):
    """The carrier tells of a recording whose length is no number."""
    client = webhooks(office.desk).test_client()

    def post(**about):
        form = {
            "RecordingSid": "RE1",
            "RecordingUrl": "https://carrier.example/RE1",
            "RecordingDuration": "six",
            **about,
        }
        url = f"{office.desk.settings.public_url}/twilio/voice/part"
        signature = RequestValidator("t").compute_signature(url, form)
        return client.post(url, data=form, headers={"X-Twilio-Signature": signature})

    return post


@pytest.mark.parametrize(
    "form",
    [
        {"From": VILLAGER, "To": TOWNSHIP, "Direction": "inbound"},
        {"From": TOWNSHIP, "To": VILLAGER, "Direction": "outbound-api"},
    ],
)
def test_she_is_promised_a_call_and_the_line_is_known_whoever_dialled(office, say, form):
    answer = say(CallSid="CA1", **form)
    assert (answer.status_code, "<Hangup" in answer.text) == (200, True)
    (call,) = office.book.rows(Call)
    assert call.line == TOWNSHIP
    (task,) = office.book.rows(PersonTask)
    assert (task.why, task.call_id) == (Why.MISSED, call.id)
    assert call.caller_hash == office.book.sessions.keyring.hash_number(VILLAGER)


def test_a_broken_address_without_a_call_is_still_answered_with_a_sentence(office, say):
    answer = say()
    assert (answer.status_code, "<Hangup" in answer.text) == (200, True)
    assert not office.book.rows(Call)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/twilio/voice/sound/9223372036854775808"),
        ("POST", "/twilio/out/9223372036854775808/1"),
        ("POST", "/twilio/out/1/9223372036854775808/ended"),
    ],
)
def test_an_address_of_ours_with_a_number_no_table_can_hold_is_nowhere(office, method, path):
    url = f"{office.desk.settings.public_url}{path}"
    signed = {"X-Twilio-Signature": RequestValidator("t").compute_signature(url, {})}
    assert webhooks(office.desk).test_client().open(path, method=method, headers=signed).status_code == 404
