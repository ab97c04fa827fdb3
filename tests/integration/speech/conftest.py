"""A shelf with a model in use, somebody who listens, a USB stick, and the command with nothing set but the folder."""

import os

import pytest
from click.testing import CliRunner

from tests.installing import Listener, furnished
from worker.cli import main

SETTINGS = ("XIANGYIN_", "TWILIO_", "DATABASE_", "REDIS_")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def shelf(tmp_path):
    return furnished(tmp_path)


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def stick(tmp_path):
    """A zip on a USB stick: stick(bytes)."""

    def plugged_in(body):
        path = tmp_path / "stick" / "model.zip"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
        return path

    return plugged_in


@pytest.fixture
def xiangyin(tmp_path, monkeypatch):
    """The command in an environment that knows the data folder alone: xiangyin("model", "list")."""
    for name in [name for name in os.environ if name.startswith(SETTINGS)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XIANGYIN_DATA", str(tmp_path / "data"))
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)
