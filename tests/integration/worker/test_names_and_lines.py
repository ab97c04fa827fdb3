"""What a call brings to its case besides the words: the line she dialled, and the county's names spelt as they are."""

import json

import pytest
from twilio.request_validator import RequestValidator

from gateway.app import webhooks
from models.call import Call
from tests.casebook import VILLAGER
from tests.workshop import SETTINGS, hum

HOTLINE = "+8681655500000"
PUBLIC = SETTINGS["XIANGYIN_PUBLIC_URL"]


@pytest.fixture
def carrier_posts(workshop):
    """Sends a webhook of the voice as the carrier does: signed."""
    client = webhooks(workshop.desk).test_client()

    def post(path, **form):
        fields = {"CallSid": "CA1", "From": VILLAGER, "To": HOTLINE, **form}
        signed = RequestValidator(SETTINGS["TWILIO_AUTH_TOKEN"]).compute_signature(f"{PUBLIC}{path}", fields)
        return client.post(path, data=fields, headers={"X-Twilio-Signature": signed}).status_code

    return post


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/twilio/voice", {}),
        ("/twilio/voice/ended", {"CallStatus": "completed"}),
        (
            "/twilio/voice/recording",
            {
                "RecordingStatus": "completed",
                "RecordingDuration": "6",
                "RecordingSid": "RE1",
                "RecordingUrl": "https://carrier.example/RE1",
            },
        ),
    ],
)
def test_the_line_she_dialled_is_known_whatever_is_heard_of_a_call_first(book, carrier_posts, path, form):
    assert carrier_posts(path, **form) in {200, 204}
    assert [call.line for call in book.rows(Call)] == [HOTLINE]


def test_a_name_misheard_is_spelt_right_in_the_copy_and_what_was_heard_stays(book, workshop):
    workshop.ear.says = "羊脚乡 流 坪 村 的 欠我 三千二百 元"
    workshop.carrier.sounds["https://carrier.example/RE1"] = hum(6.0)
    book.ring()
    case = book.say()
    book.hang_up()
    workshop.work()
    (statement,) = book.case(case).statements
    assert statement.text == "羊角乡六坪村的欠我3200元。"
    assert [mark.heard for mark in statement.copy.marks] == ["羊脚乡", "流坪村", "三千二百"]
    assert [word[0] for word in json.loads(statement.heard)] == workshop.ear.says.split()
    assert statement.copy.as_heard == "羊脚乡流坪村的欠我三千二百元。"
