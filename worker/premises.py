"""What the house stands on before anybody moves in: a data folder, room on the disk, ports, secrets, settings."""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from worker import queue_server

WEB_PORTS = {
    "XIANGYIN_PORT": 8080,
    "XIANGYIN_PAGES_PORT": 8081,
    "XIANGYIN_EXCHANGE_PORT": 8082,
    "XIANGYIN_SEALED_PORT": 8083,
}
PORTS_TRIED = 50
PORTS = range(1, 65536)
WHILE_DOWN = "while_we_are_down.xml"
NUMBER = "+8681655500000"
SETTINGS = "settings.json"
PREFIXES = ("XIANGYIN_", "TWILIO_", "DATABASE_URL", "REDIS_URL")
OWN_QUEUE = "XIANGYIN_OWN_QUEUE"  # set for our own processes where the queue server is our child


class CannotStart(Exception):
    """Why the house cannot be opened, in one sentence for whoever typed the command."""


def lock(data: Path) -> IO[str]:
    """Take the data folder for this process. Raises CannotStart when another holds it, or it cannot be written."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = (data / "lock").open("w", encoding="ascii")
    except OSError as trouble:
        raise CannotStart(f"数据目录（{data}）不能写：{trouble.strerror}。") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise CannotStart(f"这个数据目录（{data}）已经有一份在运行，先把它停下（Ctrl-C）再来。") from None
    return file


def room_on_disk(data: Path, *, least: int = 200 * 1024 * 1024) -> None:
    """Raises CannotStart when the disk is nearly full: a call that cannot be stored must not be taken."""
    stat = os.statvfs(data)
    free = stat.f_bavail * stat.f_frsize
    if free < least:
        raise CannotStart(f"磁盘快满了，只剩 {free // 2**20} MB，至少要留 {least // 2**20} MB。")


def free_port(name: str, environment: Mapping[str, str], taken: set[int]) -> int:
    """The port set by hand, which must be free, or the first free one from the usual one on."""
    by_hand = environment.get(name)
    if by_hand is not None:
        port = int(by_hand) if by_hand.isdecimal() else 0
        if port not in PORTS or port in taken or not _is_free(port):
            raise CannotStart(f"{name}={by_hand} 这个端口用不了（被占用或写错了）。")
        return port
    first = WEB_PORTS[name]
    for port in range(first, first + PORTS_TRIED):
        if port not in taken and _is_free(port):
            return port
    raise CannotStart(f"{first} 起的 {PORTS_TRIED} 个端口都被占用了，请用 {name}=… 指定一个。")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def own_secrets(data: Path) -> dict[str, str]:
    """The demonstration's secrets: drawn once, kept in the data folder for its owner alone."""
    file = data / "secrets.json"
    if not file.exists():
        fresh = {
            "XIANGYIN_SECRET_KEY": secrets.token_hex(32),
            "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
            "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        }
        file.touch(mode=0o600)
        file.write_text(json.dumps(fresh, indent=1), encoding="ascii")
    kept: dict[str, str] = json.loads(file.read_text(encoding="ascii"))
    return kept


def environment(data: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The settings of every process of the house; what was set by hand wins over what we would choose. That it is a
    demonstration, and in which folder, is not for the environment to say.
    """
    chosen = {"TWILIO_NUMBER": NUMBER, **own_secrets(data)}
    taken: set[int] = set()
    for name in sorted(WEB_PORTS, key=lambda name: name not in given):  # ports set by hand are taken first
        port = free_port(name, given, taken)
        taken.add(port)
        chosen[name] = str(port)
    chosen["XIANGYIN_PUBLIC_URL"] = f"http://127.0.0.1:{chosen['XIANGYIN_PORT']}"
    chosen["TWILIO_API_URL"] = f"http://127.0.0.1:{chosen['XIANGYIN_EXCHANGE_PORT']}"
    chosen["TWILIO_FALLBACK_URL"] = f"{chosen['TWILIO_API_URL']}/bins/{WHILE_DOWN}"
    chosen["DATABASE_URL"] = f"sqlite:///{data.resolve() / 'xiangyin.db'}"
    if "REDIS_URL" not in given:
        chosen["REDIS_URL"] = f"unix://{queue_server.socket_path(data)}"
        chosen[OWN_QUEUE] = "1"
    return {**chosen, **given, "XIANGYIN_MODE": "demo", "XIANGYIN_DATA": str(data)}


def keep_settings(data: Path, environment: Mapping[str, str]) -> None:
    """Keep the house's settings, secrets among them and so for its owner alone, for the commands that look into it."""
    ours = {name: value for name, value in environment.items() if name.startswith(PREFIXES)}
    file = data / SETTINGS
    file.touch(mode=0o600)
    file.write_text(json.dumps(ours, indent=1), encoding="utf-8")


def kept_settings(data: Path) -> dict[str, str] | None:
    """The settings of the house that stands, or last stood, in a folder; None where none ever did."""
    file = data / SETTINGS
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


def moved_ports(environment: Mapping[str, str], given: Mapping[str, str]) -> dict[str, int]:
    """The port that was taken instead of each usual one that was busy, by the port now used."""
    return {
        environment[name]: usual
        for name, usual in WEB_PORTS.items()
        if name not in given and environment[name] != str(usual)
    }
