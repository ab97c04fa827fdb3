"""Every webhook, signed by the carrier or not, with fields the carrier would send and fields nobody would."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from ivr.script import At, Step
from models.message import Delivery
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, VILLAGER
from tests.prove.fuzz import strangers
from tests.prove.fuzz.house import PUBLIC_URL, TOKEN_OF_THE_CARRIER, WEBHOOKS, House
from tests.prove.fuzz.watch import Ear, Watch

FOR_MONITORING = ("/healthz", "/readyz")
NUMBERS = (VILLAGER, NEIGHBOUR, "+8613900000017", "+8613900009001", "+8681655500000", "", "anonymous", "+266696687")
CALLS = ("CA-answered", "CA-assigned", "CA-silent", "CA-report-1", "CA-new-1", "CA-new-2")
SAID = {
    "CallSid": CALLS,
    "From": NUMBERS,
    "To": NUMBERS,
    "Direction": ("inbound", "outbound-api", "outbound-dial"),
    "Digits": (*"0123456789*#", "hangup", "5881719"),
    "RecordingSid": ("RE-CA-answered", "RE-new-1", "RE-new-2"),
    "RecordingUrl": ("https://api.twilio.com/Recordings/RE1", "http://127.0.0.1:6379/", "file:///etc/passwd"),
    "RecordingDuration": ("0", "1", "6", "150"),
    "RecordingStatus": ("completed", "in-progress", "absent", "failed"),
    "CallDuration": ("0", "7", "90"),
    "CallStatus": ("completed", "busy", "no-answer", "failed", "canceled", "ringing"),
    "AnsweredBy": ("human", "unknown", "machine_start", "fax"),
    "MessageSid": ("SM1", "SM2", "SM-new-1", "SM-out-1"),
    "Body": (PENSION, ROAD, REPORT, "1", "满意", "查", "TD", "收到", "撤回", "人工", "账", "帮助", "补充：还没修"),
    "NumMedia": ("0", "1", "3", "10"),
    "MediaUrl0": ("https://api.twilio.com/Messages/MM1/Media/ME1", "gopher://127.0.0.1/"),
    "MediaUrl1": ("https://api.twilio.com/Messages/MM1/Media/ME2",),
    "MessageStatus": ("sent", "delivered", "undelivered", "failed", "read", "queued", *map(str, Delivery)),
    "ErrorCode": ("30003", "30008", "21610"),
}
ASKED = {
    **dict.fromkeys(Step.__dataclass_fields__, ()),
    "at": tuple(map(str, At)),
    "call": CALLS,
    "danger": ("0", "1"),
    "message": tuple(map(str, range(1, 30))),
    "v": ("1",),
}
COUNTS = ("0", "1", "2", "True", "False")
PLACES = {"language": ("cmn", "sichuan", "qiang"), "name": ("greet", "ask", "bye", "greet.1", "..")}
SIGNED = ("rightly", "rightly", "rightly", "rightly", "not at all", "for another address", "with rubbish")


@dataclass(frozen=True)
class Call:
    """One request of the carrier, or of somebody who says he is. `twice`: a field that comes once more."""

    endpoint: str
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    twice: str = ""
    signed: str = "rightly"

    @property
    def form(self) -> MultiDict[str, str]:
        form = MultiDict(self.fields)
        if self.twice:
            form.add(self.twice, "once more")
        return form


def calls(house: House) -> st.SearchStrategy[Call]:
    rules = [rule for rule in house.apps[WEBHOOKS].url_map.iter_rules() if rule.rule not in FOR_MONITORING]
    return st.sampled_from(rules).flatmap(_to)


def _to(rule: Rule) -> st.SearchStrategy[Call]:
    fields = {name: strangers.words(values) for name, values in SAID.items()}
    query = {name: strangers.words((*values, *COUNTS)) for name, values in ASKED.items()}
    places = {name: strangers.words(PLACES[name]).filter(bool) for name in rule.arguments & PLACES.keys()}
    places |= dict.fromkeys(rule.arguments - PLACES.keys(), strangers.NUMBERS)
    return st.builds(
        Call,
        endpoint=st.just(rule.endpoint),
        method=st.sampled_from(sorted((rule.methods or set()) & {"GET", "POST"})),
        path=st.fixed_dictionaries(places).map(partial(_built, rule)),
        query=st.one_of(st.just({}), _steps(), st.fixed_dictionaries({}, optional=query)),
        fields=strangers.some_of(fields),
        twice=st.sampled_from(["", "", "", "", *SAID]),
        signed=st.sampled_from(SIGNED),
    )


def _steps() -> st.SearchStrategy[dict[str, str]]:
    """What a URL of our own TwiML carries."""
    return st.fixed_dictionaries(
        {"at": st.sampled_from(ASKED["at"])},
        optional={name: st.sampled_from(COUNTS) for name in Step.__dataclass_fields__ if name != "at"}
        | {"call": st.sampled_from(CALLS), "message": st.sampled_from(ASKED["message"])},
    )


def _built(rule: Rule, said: dict[str, Any]) -> str:
    found = rule.build(said, append_unknown=False)
    return found[1] if found else rule.rule


def call(house: House, one: Call, watch: Watch, ear: Ear) -> None:
    """Make one request; only what is signed is answered, and what is answered is what the carrier understands."""
    ear.about = one
    query = urlencode(one.query)
    with (
        house.apps[WEBHOOKS]
        .test_client()
        .open(
            one.path, method=one.method, query_string=query, data=_body(one), headers=_signature(one, query)
        ) as answer
    ):
        for complaint in complaints(one, answer):
            watch.complain(f"{one.endpoint}: {complaint}", one)


def _body(one: Call) -> MultiDict[str, str] | None:
    return one.form if one.method == "POST" else None


def _signature(one: Call, query: str) -> dict[str, str]:
    if one.signed == "not at all":
        return {}
    if one.signed == "with rubbish":
        return {"X-Twilio-Signature": "AAAA\u00ff=="}
    address = f"{PUBLIC_URL}{one.path}" + (f"?{query}" if query else "")
    address += "/" if one.signed == "for another address" else ""
    form = one.form if one.method == "POST" else {}
    return {"X-Twilio-Signature": RequestValidator(TOKEN_OF_THE_CARRIER).compute_signature(address, form)}


def complaints(one: Call, answer: TestResponse) -> list[str]:
    found = []
    if answer.status_code >= 500:
        found.append(f"{answer.status_code}")
    if one.signed != "rightly" and answer.status_code not in {403, 404, 413}:
        found.append(f"{answer.status_code} to somebody whose signature is not the carrier's")
    if one.signed == "rightly" and answer.status_code == 403 and one.path.isascii() and "%" not in one.path:
        found.append("what the carrier signed is refused")
    if answer.mimetype == "text/xml" and not _is_twiml(answer.get_data()):
        found.append("an answer that is no TwiML")
    return found


def _is_twiml(body: bytes) -> bool:
    try:
        return ET.fromstring(body).tag == "Response"  # noqa: S314 - our own answer, of a few lines
    except ET.ParseError:
        return False
