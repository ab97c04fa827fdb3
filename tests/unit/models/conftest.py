"""The example county as the rules read it, parsed once."""

import json
from pathlib import Path

import pytest
import yaml

from models.catalogue import Taxonomy
from models.naming import Gazetteer
from models.routing import route

TANGXI = Path(__file__).parents[3] / "examples" / "tangxi"


def _petitions(name):
    with (TANGXI / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def county():
    return json.loads((TANGXI / "gazetteer.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def gazetteer(county):
    return Gazetteer.parse(county)


@pytest.fixture(scope="session")
def matters():
    """The example county's `taxonomy.yaml` as loaded."""
    return yaml.safe_load((TANGXI / "taxonomy.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def taxonomy(matters):
    return Taxonomy.parse(matters)


@pytest.fixture(scope="session")
def calls():
    """The example county's spoken petitions."""
    return _petitions("petitions_voice.jsonl")


@pytest.fixture(scope="session")
def texts():
    """The example county's texts of every kind."""
    return _petitions("petitions_sms.jsonl")


@pytest.fixture(scope="session")
def routed(gazetteer, taxonomy):
    def _route(text, registered=None):
        return route(text, gazetteer=gazetteer, taxonomy=taxonomy, registered=registered)

    return _route
