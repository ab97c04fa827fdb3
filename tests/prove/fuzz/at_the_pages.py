"""Every page and form of the officers' pages and of the sealed desk, as everybody who may stand at one."""

import io
import re
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from hypothesis import strategies as st
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse

from gateway.web.protection import HEADERS
from tests.prove.fuzz import strangers
from tests.prove.fuzz.house import House, Visitor
from tests.prove.fuzz.offered import Offered, look_around
from tests.prove.fuzz.watch import Ear, Watch

ASKED = ("GET", "POST")
NOT_READY = "health.ready"  # says 503 by right: there is no queue in this house
LEAVE, ENTER = "signing_in.leave", "signing_in.enter"
TOKENS = ("her own", "her own", "her own", "none", "forged")
ODD_BODIES = {
    "application/json": b'{"text": 1, "form": ["a"]}',
    "multipart/form-data; boundary=b": b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nhalf a',
    "multipart/form-data": b"no boundary",
    "application/x-www-form-urlencoded": b"%ff%fe=%00&&&==;text",
    "text/plain; charset=utf-32": b"\xff\xfe\0",
}
REFUSED = re.compile(r'<p class="lead">\s*\S|class="wrong"[^>]*>\s*\S|class="alert[^>]*>\s*\S')


@dataclass(frozen=True)
class Knock:
    """One request: which door, by whom, with what in the address, in the form, in the way it is sent."""

    endpoint: str
    method: str
    path: str
    who: str
    fields: dict[str, str] = field(default_factory=dict)
    token: str = "her own"
    odd: str = ""
    sound: bytes | None = None
    part: str = ""


def doors(house: House, app: str) -> list[Rule]:
    """Every route there is: a new one is tried without being named here."""
    return list(house.apps[app].url_map.iter_rules())


def knocks(house: House, app: str) -> st.SearchStrategy[Knock]:
    """Any request to an application; half of them by whoever is shown something there."""
    people = house.people[app]
    offered = look_around(house.apps[app], [visitor.client for visitor in people.values()])
    return st.sampled_from(doors(house, app)).flatmap(partial(_at, offered=offered, people=sorted(people)))


def _at(rule: Rule, *, offered: Offered, people: list[str]) -> st.SearchStrategy[Knock]:
    methods = [method for method in ASKED if method in (rule.methods or ())]
    known = offered.fields.get(rule.endpoint) or offered.of_any()
    fields = {name: strangers.words(values) for name, values in known.items() if name != "csrf_token"}
    files = (
        st.one_of(st.none(), st.binary(max_size=200), st.just(b"RIFF" + b"\0" * 400)) if offered.files else st.none()
    )
    return st.builds(
        Knock,
        endpoint=st.just(rule.endpoint),
        method=st.sampled_from([*methods * 8, "POST", "DELETE"]),
        path=_address(rule, offered),
        who=st.sampled_from(people),
        fields=strangers.some_of(fields),
        token=st.sampled_from(TOKENS),
        odd=st.sampled_from(["", *[""] * 12, *ODD_BODIES]),
        sound=files if "POST" in methods else st.none(),
        part=st.sampled_from(["", "", "bytes=0-", "bytes=5-2", "bytes=-0", "bytes=99999999-", "lines=1-"]),
    )


def _address(rule: Rule, offered: Offered) -> st.SearchStrategy[str]:
    places = {name: _place(rule, name, offered) for name in rule.arguments}
    return st.fixed_dictionaries(places).map(lambda said: _built(rule, said))


def _place(rule: Rule, name: str, offered: Offered) -> st.SearchStrategy[Any]:
    known = sorted(offered.places[name])
    if isinstance(rule._converters[name], IntegerConverter):
        return (
            st.one_of(st.sampled_from([int(one) for one in known]), strangers.NUMBERS) if known else strangers.NUMBERS
        )
    return strangers.words(known).filter(bool)


def _built(rule: Rule, said: dict[str, Any]) -> str:
    found = rule.build(said, append_unknown=False)
    return found[1] if found else rule.rule


def knock(house: House, app: str, one: Knock, watch: Watch, ear: Ear) -> None:
    """Send one request and hold its answer against what every page promises."""
    ear.about = one
    visitor = house.people[app][one.who]
    if one.endpoint == LEAVE:
        visitor = house.somebody_who_leaves(app, one.who)
    with _sent(visitor, one) as answer:
        for complaint in complaints(one, answer):
            watch.complain(f"{one.endpoint} {one.method}: {complaint}", one)


def _sent(visitor: Visitor, one: Knock) -> TestResponse:
    told: dict[str, Any] = {"method": one.method, "headers": {"Range": one.part} if one.part else {}}
    if one.method == "GET":
        return visitor.client.open(one.path, query_string=one.fields, **told)
    if one.odd:
        return visitor.client.open(one.path, data=ODD_BODIES[one.odd], content_type=one.odd, **told)
    data: dict[str, Any] = {**one.fields, **_token(visitor, one)}
    if one.sound is not None:
        data["sound"] = (io.BytesIO(one.sound), "a.wav")
    told["environ_overrides"] = {"REMOTE_ADDR": f"10.0.{hash(one.path) % 200}.{len(one.fields)}"}
    return visitor.client.open(one.path, data=data, **told)


def _token(visitor: Visitor, one: Knock) -> dict[str, str]:
    return {"her own": {"csrf_token": visitor.csrf}, "none": {}, "forged": {"csrf_token": "forged"}}[one.token]


def complaints(one: Knock, answer: TestResponse) -> list[str]:
    """What is wrong with an answer, whatever was asked."""
    found = []
    status, body = answer.status_code, answer.get_data()
    if status >= 500 and one.endpoint != NOT_READY:
        found.append(f"{status}")
    if 400 <= status < 500 and not REFUSED.search(body.decode()):
        found.append(f"{status} without a sentence")
    if answer.mimetype == "text/html" and strangers.MARK.encode() in body:
        found.append("what was sent comes back as markup")
    if set(HEADERS) - set(answer.headers.keys()):
        found.append("an answer without the headers of safety")
    if 300 <= status < 400 and not _stays(answer.headers.get("Location", "/")):
        found.append("sends elsewhere")
    return found


def _stays(address: str) -> bool:
    return (address.startswith("/") and address[1:2] not in {"/", "\\"}) or address.startswith("http://localhost/")
