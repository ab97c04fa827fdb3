"""What one room promises another room keeps: queues, tasks, texts, prompts, tables."""

import ast
import importlib
import json
import re
import signal
from functools import lru_cache
from itertools import product

import pytest
import yaml
from alembic.script import ScriptDirectory

from gateway import wording
from gateway.providers import twiml
from ivr.flow import HUNG_UP, Answered, Called, Pressed, Rung, Silent, Spoke, Waited, turn
from ivr.prompts import NEEDED, Prompts
from ivr.script import Ask, Known, Say, Step
from models.casework.ending import LONGEST_ADVICE
from models.casework.handling import LONGEST_REPLY
from models.casework.texts import LONGEST_CHOICE
from models.escalation import LONGEST_NAME
from models.message import Purpose
from models.outbox import Queue, Task
from tests.house.project import ROOT, code, text_of
from worker import jobs, relay
from worker.main import KEEPER, WATCH, Crew

COUNTY = "examples/tangxi"
MIGRATION = re.compile(r"(\d{4})_[a-z0-9_]+\.py")
INPUTS = (
    Answered(),
    Answered(report=True),
    Silent(),
    Waited(),
    Rung(),
    *(Called(why) for why in ("tell", "missed", "danger")),
    *(Pressed(key) for key in "012349"),
    *(Spoke(ended_by, seconds) for ended_by in ("", "0", "#", HUNG_UP) for seconds in (1, 150)),
)
KNOWN = (
    Known(),
    Known("0123567", sounds=(1,), heard=True),
    Known("0123567", heard=True, earlier="修路", places=("羊角乡六坪村",), behalf=True),
    Known("0123567", heard=True, earlier="", places=("龙背镇新民村", "云垭乡新民村"), said=True),
    Known("0123567", heard=True, places=(), said=False, placed=True),
    Known("0123567", heard=True, places=("羊角乡六坪村",), said=True),
    Known("0123567", heard=True, places=("龙背镇新民村", "云垭乡新民村")),
    Known("0123567", heard=True, behalf=True),
    Known("0123567", heard=True, danger=True, on_duty=1),
    Known("0123567", heard=True, on_duty=1, taken=True),
    Known("0123567", heard=True, asks=True, word="6219", said=True, hours="1"),
    *(Known(stands=f"stands_{how}") for how in ("waiting", "handling", "done")),
    Known(about="修路", words="路修好了", rates=True, heard=True, score=3),
)

HAPPENED = ("helps", "parts", "report", "asked", "rung", "danger", "tries", "score", "doubted")
MOST_BEFORE = 2


class Roll(Crew):
    """A crew that is called by name instead of being forked."""

    def __init__(self):
        super().__init__(desk=None, recogniser=None)
        self.called = []

    def _fork(self, role):
        self.called.append(role)


@pytest.fixture
def signals():
    """A crew sets its own signals; they are put back for the tests that follow."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def prompts_paper():
    return yaml.safe_load(text_of(f"{COUNTY}/prompts.yaml"))


@lru_cache
def turns():
    """Every turn a conversation can come to, one for each breath of the line."""
    breaths = {found.moves: found for found in walk()}
    return tuple(breaths.values())


def walk():
    """Every turn a conversation can come to, from every step it can stand on: as long as no more than two things have
    happened before it, each once; what more of them together lead to says no other sentence.
    """
    seen, waiting = set(), [Step()]
    while waiting:
        step = waiting.pop()
        if step in seen or _has_gone_on(step):
            continue
        seen.add(step)
        for did, known in product(INPUTS, KNOWN):
            found = turn(step, did, known)
            waiting.append(found.step)
            yield found


def _has_gone_on(step):
    often = max(step.parts, step.rung, step.waited, step.tries) > 1 or (step.helps and step.parts)
    before = (getattr(step, name) for name in HAPPENED)
    return often or sum(map(bool, before)) > MOST_BEFORE


def said_in_code():
    """Prompts named outside the flow, such as the one for trouble."""
    calls = (node for _, tree in code("gateway", "ivr") for node in ast.walk(tree) if isinstance(node, ast.Call))
    spoken = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"Say", "Ask"}]
    return {argument.value for call in spoken for argument in call.args[:1] if isinstance(argument, ast.Constant)}


def test_every_queue_has_a_worker_and_the_clock_a_keeper_and_a_watch(signals):
    crew = Roll()
    crew.run()
    assert {*Queue} <= {*crew.called}
    assert {KEEPER, WATCH} <= {*crew.called}


def test_every_promise_has_a_duty_that_keeps_it():
    assert jobs.DUTIES.keys() == {*Task}


def test_the_hint_in_the_queue_names_a_job_that_is_there():
    room, job = relay.JOB.rsplit(".", 1)
    assert callable(getattr(importlib.import_module(room), job))


def test_every_text_has_its_wording():
    assert wording.TEMPLATES.keys() == {*Purpose}


def test_no_name_of_the_county_is_longer_than_its_gap_in_a_text():
    gazetteer = json.loads(text_of(f"{COUNTY}/gazetteer.json"))
    offices = yaml.safe_load(text_of(f"{COUNTY}/taxonomy.yaml"))["county_units"]
    units = [unit["name"] for unit in offices.values()] + [
        one["township"] + one["name"] for one in gazetteer["villages"]
    ]
    called = {re.split("[（/]", unit)[0] for unit in units}
    gaps = {name: len(variable.longest) for name, variable in wording.VARIABLES.items()}
    assert max(map(len, called)) <= gaps["unit"]
    assert len(prompts_paper()["hotline"]) <= wording.LONGEST_HOTLINE
    assert gaps["place"] >= max(len(one["township"] + one["name"]) for one in gazetteer["villages"])
    assert (gaps["result"], gaps["what"], gaps["where"]) == (LONGEST_REPLY, LONGEST_NAME, LONGEST_CHOICE)


def test_a_refusal_with_its_longest_ground_fits_its_gap():
    grounds = yaml.safe_load(text_of(f"{COUNTY}/procedure.yaml"))["refuse"]["grounds"].values()
    assert max(map(len, grounds)) + 1 + LONGEST_ADVICE <= len(wording.TEMPLATES[Purpose.REFUSED].gaps["result"].longest)


def test_the_county_has_a_sentence_for_everything_the_line_can_say():
    by_flow = {move.prompt for found in turns() for move in found.moves if isinstance(move, Say | Ask)}
    written = {prompt["id"] for prompt in prompts_paper()["prompts"]}
    assert by_flow
    assert (by_flow | said_in_code()) == NEEDED
    assert written >= NEEDED


def test_what_a_call_is_answered_with_names_no_address_but_our_own():
    base = "http://127.0.0.1:8080/twilio/voice"
    prompts = Prompts.parse(prompts_paper())
    documents = {
        twiml.document(found, prompts=prompts, base=base, duty=twiml.Duty("CA1", ("+8613900009000",)))
        for found in turns()
    }
    addresses = {address for one in documents for address in re.findall(r"https?://[^\"<\s]+", one)}
    assert addresses
    assert not {address for address in addresses if not address.startswith(f"{base}/")}


def test_migrations_are_numbered_and_follow_one_another_in_one_line():
    folder = ROOT / "models" / "migrations"
    script = ScriptDirectory(folder)
    numbers = [MIGRATION.fullmatch(path.name)[1] for path in sorted((folder / "versions").glob("*.py"))]
    assert script.get_heads() == [numbers[-1]]
    assert numbers == [f"{place:04}" for place in range(1, len(numbers) + 1)]
    assert [one.revision for one in script.walk_revisions()] == numbers[::-1]
