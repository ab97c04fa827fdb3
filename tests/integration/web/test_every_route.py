"""Every route there is, before everybody who may stand at it; a route that no table names fails the test."""

import io
import re

import pytest
from twilio.request_validator import RequestValidator

from models.petition import Statement
from models.picture import Picture
from tests.affairs import publish
from tests.casebook import PENSION
from tests.integration.web.office import Office, as_seen
from tests.integration.web.test_pictures_on_the_page import with_picture
from tests.integration.web.who_may_what import AT_THE_SEALED_DESK, ITS_OWN, ON_THE_PAGES, OPEN
from tests.prove.fuzz.house import NOBODY, OFFICERS, PAGES, PUBLIC_URL, SEALED, TOKEN_OF_THE_CARRIER, WEBHOOKS, built

ALLOWED, FORBIDDEN, NOT_THERE, SENT_TO_SIGN_IN = "+", "-", "0", ">"
LEAVE = "signing_in.leave"
SPOKEN_REPORT = "六坪村的 支书 贪污 低保款"
NAMING = "六坪村的支书贪污低保款，纪委的段知远包庇他"
AT_THE_PAGES = (NOBODY, "huawu", "duban", "jishu", "liuping", "yangjiao", "shuangcha")
AT_THE_DESK = ((NOBODY, "held"), ("jiwei", "held"), ("jiwei", "sealed"), ("jiwei", "ordinary"), ("jiwei2", "naming"))
ITS_OWN_RIGHT = {"/warnings/<number>"}  # 收到 to whatever was none of his changes nothing, and says so of any number
PLACES = {"publication_id": 999, "purpose": "ack", "language": "cmn", "name": "greet", "figure_id": "channels"}
PLACES |= {"village_id": "C17", "unit_id": "C17", "quarter": "2026Q3"}
PLACES |= {"task_id": 1, "officer_id": 7, "part_id": 1, "order_id": 1, "turn_no": 1, "term": "help", "kind": "pension"}


FORMS = {
    "case.confirm": {"text": "路灯坏了"},
    "case.assign": {"unit": "C17", "category": "pension", "village": "C17"},
    "case.reply": {"reply": "已经办好了"},
    "showing.show": {"words": "已经上门办好", "agreed": "yes"},
    "turns.bounce": {"rule": "power", "proposed": "C25"},
    "turns.ask_extension": {"reason": "要等专家来看"},
    "turns.decide_extension": {"granted": "yes"},
    "turns.pause": {"ground": "hearing"},
    "turns.refuse": {"ground": "private", "advice": "请村里调解"},
    "turns.merge": {"into": "beside"},
    "turns.alike": {"other": "beside", "same": "no"},
    "reach.other_number": {"phone": "13900000102"},
    "reach.manner": {"hours": "18:00-20:30", "by_call": "1"},
    "counter.enter": {"text": "路灯坏了"},
    "call_backs.done": {"reached": "yes", "note": "说好了"},
    "openings.ask": {"reason": "words"},
    "handings.hand_over": {"only_village": "yes"},
    "upwards.mark": {"to": "city"},
    "closures.put": {"day": "2026-11-27", "works": "no"},
    "closures.take_away": {"day": "2026-11-27"},
    "ruling.put_dates": {
        "accept": "1",
        "accept-unit": "wd",
        "finish": "9",
        "finish-unit": "wd",
        "ground": "县里的文件",
    },
    "ruling.put_kind": {"level": "county", "unit": "rsj", "class": "help"},
    "ruling.decide": {"word": "瓜瓜鼠", "category": "pension", "answer": "yes"},
    "duties.put_number": {"phone": "13900009017"},
    "signing_in.enter": {"login": "huawu", "password": "wrong"},
    "signing_in.code": {"code": "000000"},
}


def table(words):
    """(method, route) → what is expected, one letter for each column."""
    lines = [line.split() for line in words.strip().splitlines() if line[:4] in {"GET ", "POST"}]
    return {(method, route): tuple(letters) for method, route, *letters in lines}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    with built(tmp_path_factory.mktemp("grid")) as house:
        yield County(house)


class County:
    """A house in which each knock finds everything as it was, and a case of each kind with another one beside it."""

    def __init__(self, house):
        self.house, book = house, house.book
        office = Office(book, house.desk)
        pictured = with_picture(office, PENSION)
        self.picture = book.rows(Picture)[-1].id
        office.keep_sound(book.spoken_case(SPOKEN_REPORT, "CA-grid"))
        for words in (NAMING, NAMING):
            book.text_case(words)
        for case in book.cases()[-2:]:
            book.seal(case.id)  # too few hold a key whom it does not name: it stays held, and he is left out
        publish(book)
        cases = book.cases()
        self.cases = {
            "ordinary": [one for one in cases if one.status == "handling"][::-1],
            "pictured": [one for one in cases if one.id == pictured],
            "sealed": [one for one in cases if one.sealed_at],
            "held": [one for one in cases if one.held and not one.sealed_at][1::-1],
            "naming": [one for one in cases if one.held and not one.sealed_at][2:],
        }
        house.keep()

    def answers(self, app, endpoint, method, who, kind):
        """What somebody gets who knocks at a route with a good form, about a case of this kind."""
        self.house.as_before()
        self.house.desk.voicebox.keep(PLACES["language"], PLACES["name"], b"RIFF", ())
        case, *others = self.cases[kind]
        beside = (others or self.cases["ordinary"])[0].number
        visitor = self.house.people[app][who]
        with visitor.client.session_transaction() as browser:
            browser.pop("_flashes", None)  # of the form he sent before: the next page he sees would say it
        if endpoint == LEAVE:
            visitor = self.house.somebody_who_leaves(app, who)
        return self.knock(visitor, self.address(app, endpoint, method, case), endpoint, method, beside)

    def knock(self, visitor, path, endpoint, method, beside):
        if method == "GET":
            return visitor.client.get(path)
        form = {name: beside if value == "beside" else value for name, value in FORMS.get(endpoint, {}).items()}
        if endpoint == "voices.bring":
            form["sound"] = (io.BytesIO(b"RIFF"), "a.wav")
        return visitor.client.post(path, data={"csrf_token": visitor.csrf, **form})

    def address(self, app, endpoint, method, case):
        values = {"number": case.number, **PLACES, "statement_id": self.statement(case), "picture_id": self.picture}
        values["filename"] = "pages.css" if endpoint == "static" else "css/bootstrap.min.css"
        rules = self.house.apps[app].url_map.iter_rules(endpoint)
        (rule,) = [rule for rule in rules if method in rule.methods]
        return rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)[1]

    def statement(self, case):
        return self.house.book.rows(Statement, petition_id=case.id)[-1].id

    def endpoints(self, app):
        """(method, route) → endpoint, for every route of an application."""
        return {
            (method, re.sub(r"\(max=\d+\)", "", rule.rule)): rule.endpoint
            for rule in self.house.apps[app].url_map.iter_rules()
            for method in rule.methods - {"HEAD", "OPTIONS"}
        }


def letter(answer):
    with answer:
        if answer.headers.get("Location", "").startswith("/sign-in"):
            return SENT_TO_SIGN_IN
        assert answer.status_code < 500 or answer.request.path == "/readyz", answer.status_code
        return {403: FORBIDDEN, 404: NOT_THERE}.get(answer.status_code, ALLOWED)


@pytest.mark.parametrize(("app", "words"), [(PAGES, ON_THE_PAGES), (SEALED, AT_THE_SEALED_DESK), (WEBHOOKS, ITS_OWN)])
def test_the_tables_name_every_route_there_is_and_no_other(county, app, words):
    assert county.endpoints(app).keys() == table(words).keys()


@pytest.mark.parametrize("row", table(ON_THE_PAGES).items(), ids=lambda row: " ".join(row[0]))
def test_on_the_officers_pages_everybody_finds_what_the_table_says(county, row):
    (method, route), expected = row
    endpoint = county.endpoints(PAGES)[method, route]
    kind = "pictured" if endpoint == "looking.picture" else "ordinary"
    assert tuple(letter(county.answers(PAGES, endpoint, method, who, kind)) for who in AT_THE_PAGES) == expected


@pytest.mark.parametrize("row", table(AT_THE_SEALED_DESK).items(), ids=lambda row: " ".join(row[0]))
def test_at_the_sealed_desk_an_inspector_finds_what_the_table_says(county, row):
    (method, route), expected = row
    endpoint = county.endpoints(SEALED)[method, route]
    found = (letter(county.answers(SEALED, endpoint, method, *stands)) for stands in AT_THE_DESK)
    assert tuple(found) == expected


OF_A_CASE = [row for row in table(ON_THE_PAGES) if "<number>" in row[1]]


@pytest.mark.parametrize("kind", ["held", "sealed", "naming"])
@pytest.mark.parametrize("row", OF_A_CASE, ids=" ".join)
def test_a_report_is_on_the_officers_pages_like_a_number_nobody_has_and_never_forbidden(county, row, kind):
    method, route = row
    endpoint = county.endpoints(PAGES)[row]
    for who in OFFICERS:
        there = county.answers(PAGES, endpoint, method, who, kind)
        number = county.cases[kind][0].number
        path = there.request.path.replace(number, "0000000")
        nowhere = county.knock(county.house.people[PAGES][who], path, endpoint, method, number)
        assert there.status_code == nowhere.status_code == (there.status_code if route in ITS_OWN_RIGHT else 404)
        assert as_seen(there.text, number) == as_seen(nowhere.text, "0000000")


def test_what_the_carrier_signed_comes_in_and_nothing_else(county):
    for method, route in table(ITS_OWN):
        endpoint = county.endpoints(WEBHOOKS)[method, route]
        path = county.address(WEBHOOKS, endpoint, method, county.cases["ordinary"][0])
        signature = RequestValidator(TOKEN_OF_THE_CARRIER).compute_signature(f"{PUBLIC_URL}{path}", {})
        visitor = county.house.apps[WEBHOOKS].test_client()
        if route not in OPEN:
            assert visitor.open(path, method=method).status_code == 403, route
            signed = visitor.open(path, method=method, headers={"X-Twilio-Signature": signature})
            assert signed.status_code != 403, route
