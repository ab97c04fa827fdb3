"""Every door has its lock: the carrier's signature on the webhooks, an officer's sign-in on the pages."""

import pytest
from werkzeug.routing import Rule

from gateway.app import pages, sealed_desk, webhooks
from gateway.desk import Desk
from gateway.settings import from_mapping
from gateway.storage import FileStorage
from models import schema
from models.clock import wall
from models.db import Sessions
from models.keyring import Keyring
from worker import seed

OPEN_TO_MONITORING = {"/healthz": "alive or not", "/readyz": "what is missing, in one word each"}
OPEN_WITHOUT_SIGNATURE = {**OPEN_TO_MONITORING}
OF_A_QUARTER = "/village/affairs/<village_id>/<quarter>"
AFFAIRS = (
    "/village/affairs",
    "/village/affairs/<village_id>",
    OF_A_QUARTER,
    f"{OF_A_QUARTER}/sheet",
    f"{OF_A_QUARTER}/text",
)
OPEN_WITHOUT_SIGN_IN = {
    **OPEN_TO_MONITORING,
    "/metrics": "numbers that tell of no case",
    "/sign-in": "the door itself",
    "/village": "the village's notice board",
    "/village/progress": "how a case stands, for whoever has its number and knows her telephone",
    "/village/outcomes": "what came of cases, where she agreed, in a clerk's words",
    **dict.fromkeys(AFFAIRS, "a village's affairs, public by law"),
    "/static/<path:filename>": "style and script, the same for everybody",
    "/bootstrap/static/<path:filename>": "style and script of the package",
}
VALUES = {
    "number": "1234567",
    "filename": "nothing.css",
    "statement_id": 1,
    "picture_id": 1,
    "publication_id": 1,
    "task_id": 1,
    "part_id": 1,
    "order_id": 1,
    "turn_no": 1,
    "figure_id": "channels",
    "purpose": "ack",
    "language": "cmn",
    "name": "greet",
    "officer_id": 1,
    "term": "help",
    "kind": "pension",
    "village_id": "C17",
    "unit_id": "C17",
    "quarter": "2026Q3",
}
ASKING_ONLY = frozenset({"HEAD", "OPTIONS"})


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    data = tmp_path_factory.mktemp("desk")
    settings = from_mapping(
        {
            "XIANGYIN_DATA": str(data),
            "XIANGYIN_PUBLIC_URL": "https://hotline.example",
            "XIANGYIN_SECRET_KEY": "of this test alone, nobody's other",
            "DATABASE_URL": f"sqlite:///{data / 'desk.db'}",
            "REDIS_URL": "unix:///nobody",
            "TWILIO_ACCOUNT_SID": "AC-of-this-test",
            "TWILIO_AUTH_TOKEN": "token-of-this-test",
            "TWILIO_NUMBER": "+8681655500000",
        }
    )
    sessions = Sessions(settings.database_url, Keyring(settings.secret_key.get_secret_value()))
    schema.upgrade(sessions.engine)
    with sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
    yield Desk(settings=settings, sessions=sessions, clock=wall, carrier=None, storage=FileStorage(settings.recordings))
    sessions.close()


def knocks(app, allowed):
    """(rule, method, the answer's status and Location) of every door that is not on the list of open ones."""
    visitor = app.test_client()
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - ASKING_ONLY):
            if rule.rule not in allowed:
                answer = visitor.open(address(rule), method=method)
                yield rule.rule, method, answer.status_code, answer.headers.get("Location", "")


def address(rule: Rule) -> str:
    _, path = rule.build({name: VALUES[name] for name in rule.arguments}, append_unknown=False)
    return path


def test_no_webhook_answers_without_the_carriers_signature(desk):
    answered = [knock for knock in knocks(webhooks(desk), OPEN_WITHOUT_SIGNATURE) if knock[2] != 403]
    assert not answered


def test_no_page_answers_without_a_sign_in(desk):
    found = list(knocks(pages(desk), {**OPEN_WITHOUT_SIGN_IN, "/sign-in/code": "its second lock, behind the password"}))
    opened = [knock for knock in found if not (knock[2] in {302, 303} and knock[3].startswith("/sign-in"))]
    assert found
    assert not opened


def test_no_page_of_the_inspectors_desk_answers_without_an_opened_key(desk):
    found = list(knocks(sealed_desk(desk), OPEN_WITHOUT_SIGN_IN))
    opened = [knock for knock in found if not (knock[2] in {302, 303} and knock[3].startswith("/sign-in"))]
    assert [knock[:2] for knock in opened] == [("/sign-in/code", "POST")], "where a code is asked for"


def test_the_lists_of_open_doors_name_no_door_that_is_gone(desk):
    rules = {rule.rule for app in (webhooks(desk), pages(desk)) for rule in app.url_map.iter_rules()}
    assert not (OPEN_WITHOUT_SIGN_IN.keys() | OPEN_WITHOUT_SIGNATURE.keys()) - rules


def test_the_webhooks_serve_nothing_but_webhooks_and_signs_of_life(desk):
    others = {rule.rule for rule in webhooks(desk).url_map.iter_rules()} - OPEN_WITHOUT_SIGNATURE.keys()
    assert not {rule for rule in others if not rule.startswith("/twilio/")}
