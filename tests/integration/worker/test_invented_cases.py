"""`xiangyin admin invent`: the county, its people and its cases, from the command to the database."""

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from models import schema
from models.db import Sessions
from models.history import HistoryLine
from models.keyring import Keyring
from models.lifecycle import Status
from models.people import Officer, Phone
from models.permissions import SYSTEM
from models.places import Unit
from models.visible import visible
from tests.workshop import SETTINGS
from worker.cli import main

ONE_OFFICER = """
officers: [{login: uc001, name: 干部, role: cadre, unit: C001}]
duty_phones: {C001: "+8613900010001"}
phones: [{number: "+8613900020001", village: C001}]
"""


@pytest.fixture
def town(tmp_path):
    """An empty database, and commands run on it; `words` are the command's."""
    environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'county.db'}"}
    sessions = Sessions(environment["DATABASE_URL"], Keyring(environment["XIANGYIN_SECRET_KEY"]))
    schema.upgrade(sessions.engine)

    def command(*words, **settings):
        return CliRunner(env={**environment, **settings}).invoke(main, ["admin", *words])

    yield command, sessions, tmp_path / "county"
    sessions.close()


def count(sessions, noun):
    with sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(noun))


def sign_everybody_in(sessions):
    """An officer for each unit and a clerk; whose passwords nobody needs are not reckoned, for that takes long."""
    with sessions.writing() as session:
        session.add(Officer(login="huawu1", name="话务员", role="clerk", unit_id="xfj", password_hash="-"))
        for unit in session.scalars(select(Unit.id)).all():
            session.add(Officer(login=f"u{unit}", name="干部", role="cadre", unit_id=unit, password_hash="-"))


def test_an_invented_county_is_installed_like_any_other_with_or_without_its_people(town):
    command, sessions, folder = town
    assert command("invent", "--villages", "8", "--seed", "3", "--out", str(folder)).exit_code == 0
    (folder / "people.yaml").write_text(ONE_OFFICER, encoding="utf-8")
    assert command("county", str(folder)).exit_code == 0
    assert (count(sessions, Unit), count(sessions, Officer)) == (39 + 1 + 8, 0)
    assert command("county", str(folder), "--people").output.startswith("uc001  ")
    assert (count(sessions, Officer), count(sessions, Phone)) == (1, 1)


def test_cases_are_filed_by_the_verbs_and_some_are_taken_up_and_answered(town):
    command, sessions, folder = town
    words = ("invent", "--villages", "8", "--seed", "3", "--out", str(folder))
    assert command(*words).exit_code == command("county", str(folder)).exit_code == 0
    sign_everybody_in(sessions)
    told = command(*words, "--cases", "40")
    assert told.output.endswith("40 cases filed\n")
    with sessions.reading() as session:
        found = list(session.scalars(visible(SYSTEM)))
        statuses = {petition.status for petition in found}
        lines = set(session.scalars(select(HistoryLine.petition_id)))
        assert len(found) == 40
        assert {petition.channel for petition in found} == {"sms", "counter"}
        assert statuses >= {Status.ASSIGNED, Status.HANDLING, Status.REPLIED}
        assert lines == {petition.id for petition in found}
        assert all(petition.caller.startswith("+861390002") for petition in found)


def test_cases_are_never_invented_where_real_texts_would_go_out(town):
    command, _sessions, folder = town
    told = command("invent", "--out", str(folder), "--cases", "1", XIANGYIN_MODE="production")
    assert told.exit_code == 1
    assert "demo mode only" in told.output
    assert not folder.exists()


def test_a_county_too_large_for_its_names_is_refused_in_a_sentence(town):
    command, _sessions, folder = town
    told = command("invent", "--villages", "5000", "--out", str(folder))
    assert told.exit_code == 1
    assert "townships only" in told.output
