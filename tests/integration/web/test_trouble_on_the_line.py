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
