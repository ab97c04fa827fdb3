"""What the house stands on: a folder for one house at a time, room on the disk, ports, secrets kept for their owner."""

import socket
import stat
from pathlib import Path

import pytest

from gateway.settings import from_mapping
from tests.bench.ports import free_port
from worker import premises
from worker.premises import NUMBER, OWN_QUEUE, WEB_PORTS, CannotStart


@pytest.fixture
def busy():
    """Ports that somebody else listens on, let go afterwards: busy() takes any, busy(n) that one."""
    sockets = []

    def take(port=0):
        taken = socket.socket()
        sockets.append(taken)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        return taken.getsockname()[1]

    yield take
    for taken in sockets:
        taken.close()


def test_a_second_house_in_the_same_folder_is_told_so_in_one_sentence(tmp_path):
    first = premises.lock(tmp_path / "var")
    with pytest.raises(CannotStart, match="已经有一份在运行"):
        premises.lock(tmp_path / "var")
    first.close()
    premises.lock(tmp_path / "var").close()


def test_the_folder_is_made_for_its_owner_alone(tmp_path):
    premises.lock(tmp_path / "deep" / "var").close()
    assert stat.S_IMODE((tmp_path / "deep" / "var").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_is_said_in_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="不能写"):
        premises.lock(tmp_path / "file" / "var")


def test_a_disk_that_is_nearly_full_takes_no_call(tmp_path):
    with pytest.raises(CannotStart, match="磁盘快满了"):
        premises.room_on_disk(tmp_path, least=2**62)
    premises.room_on_disk(tmp_path, least=1)


def test_a_port_set_by_hand_is_taken_when_it_is_free():
    port = free_port()
    assert premises.free_port("XIANGYIN_PORT", {"XIANGYIN_PORT": str(port)}, set()) == port


@pytest.mark.parametrize("wrong", ["", "eighty", "-1", "0", "65536", "99999999999", "8080 ", "²", "80.5"])
def test_a_port_written_wrongly_is_named(wrong):
    with pytest.raises(CannotStart, match="XIANGYIN_PORT="):
        premises.free_port("XIANGYIN_PORT", {"XIANGYIN_PORT": wrong}, set())


def test_a_port_set_by_hand_that_is_busy_is_named_and_not_replaced(busy):
    port = busy()
    with pytest.raises(CannotStart, match=f"XIANGYIN_PORT={port} "):
        premises.free_port("XIANGYIN_PORT", {"XIANGYIN_PORT": str(port)}, set())


def test_a_port_that_another_part_of_the_house_has_is_not_free():
    port = free_port()
    with pytest.raises(CannotStart):
        premises.free_port("XIANGYIN_PORT", {"XIANGYIN_PORT": str(port)}, {port})


def test_a_busy_usual_port_is_passed_over_for_the_next(busy):
    first = busy(premises.free_port("XIANGYIN_PORT", {}, set()))
    found = premises.free_port("XIANGYIN_PORT", {}, {first + 1})
    assert first + 1 < found < WEB_PORTS["XIANGYIN_PORT"] + premises.PORTS_TRIED


def test_where_every_port_is_busy_one_sentence_says_what_to_do():
    every = set(range(8080, 8080 + premises.PORTS_TRIED))
    with pytest.raises(CannotStart, match="XIANGYIN_PORT=… 指定一个"):
        premises.free_port("XIANGYIN_PORT", {}, every)


def test_secrets_are_drawn_once_and_kept_for_their_owner_alone(tmp_path):
    drawn = premises.own_secrets(tmp_path)
    assert premises.own_secrets(tmp_path) == drawn
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(drawn["XIANGYIN_SECRET_KEY"]) == 64


def test_two_houses_have_two_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = premises.own_secrets(tmp_path / "a"), premises.own_secrets(tmp_path / "b")
    assert not set(one.values()) & set(other.values())


def test_a_house_nobody_configured_has_every_setting_it_needs(tmp_path):
    chosen = premises.environment(tmp_path, {"PATH": "/bin"})
    settings = from_mapping(chosen)
    assert settings.demo
    assert settings.number == NUMBER
    assert settings.public_url == f"http://127.0.0.1:{settings.port}"
    assert settings.api_url == f"http://127.0.0.1:{settings.exchange_port}"
    assert settings.database_url == f"sqlite:///{tmp_path / 'xiangyin.db'}"
    assert settings.redis_url.startswith("unix://")
    assert (chosen[OWN_QUEUE], chosen["PATH"]) == ("1", "/bin")


def test_a_secret_a_number_and_an_address_set_by_hand_are_not_drawn_over(tmp_path):
    by_hand = {
        "XIANGYIN_SECRET_KEY": "x" * 64,
        "TWILIO_NUMBER": "+8681655511111",
        "XIANGYIN_PUBLIC_URL": "https://hotline.example",
        "XIANGYIN_MODE": "production",
    }
    chosen = premises.environment(tmp_path, by_hand)
    assert {name: chosen[name] for name in by_hand} == {**by_hand, "XIANGYIN_MODE": "demo"}


def test_no_two_parts_of_the_house_get_the_same_port(tmp_path):
    chosen = premises.environment(tmp_path, {})
    assert len({chosen[name] for name in WEB_PORTS}) == 4


def test_a_usual_port_that_was_given_to_another_part_by_hand_is_not_taken_twice(tmp_path):
    port = premises.free_port("XIANGYIN_PORT", {}, set())
    chosen = premises.environment(tmp_path, {"XIANGYIN_PAGES_PORT": str(port)})
    assert chosen["XIANGYIN_PAGES_PORT"] == str(port)
    assert chosen["XIANGYIN_PORT"] != str(port)


def test_the_same_port_for_two_parts_by_hand_is_refused(tmp_path):
    port = str(free_port())
    with pytest.raises(CannotStart, match=port):
        premises.environment(tmp_path, {"XIANGYIN_PORT": port, "XIANGYIN_PAGES_PORT": port})


def test_a_queue_and_a_database_named_by_hand_are_used(tmp_path):
    given = {"REDIS_URL": "redis://queue.example/0", "DATABASE_URL": "postgresql+psycopg://db.example/xy"}
    chosen = premises.environment(tmp_path, given)
    assert {name: chosen[name] for name in given} == given
    assert OWN_QUEUE not in chosen


def test_a_port_that_had_to_move_is_said(tmp_path):
    environment = {"XIANGYIN_PORT": "8080", "XIANGYIN_PAGES_PORT": "8091", "XIANGYIN_EXCHANGE_PORT": "9000"}
    environment["XIANGYIN_SEALED_PORT"] = "8083"
    assert premises.moved_ports(environment, {"XIANGYIN_EXCHANGE_PORT": "9000"}) == {"8091": 8081}


def test_a_houses_settings_are_kept_for_the_commands_and_for_its_owner_alone(tmp_path):
    assert premises.kept_settings(tmp_path) is None
    premises.keep_settings(tmp_path, {"XIANGYIN_PORT": "8080", "TWILIO_NUMBER": NUMBER, "HOME": "/root"})
    assert premises.kept_settings(tmp_path) == {"XIANGYIN_PORT": "8080", "TWILIO_NUMBER": NUMBER}
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_relative_folder_is_the_same_database_from_wherever_a_part_is_started(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("var").mkdir()
    assert premises.environment(Path("var"), {})["DATABASE_URL"] == f"sqlite:///{tmp_path}/var/xiangyin.db"
    assert premises.environment(Path("var"), {})["REDIS_URL"] == f"unix://{tmp_path}/var/queue/s.sock"
