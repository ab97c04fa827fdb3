"""`xiangyin admin service`: systemd units, as narrow as each part of the house can bear.

One unit for each part, not one for the house: each is started again by itself, a worker that is killed for its memory
takes no call with it, and each is shut in as far as it goes. The worker alone may have memory that is written and
executed (the sound library makes its callbacks so); the inspectors' desk must not be swapped out with its keys open.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

PARTS = {
    "webhooks": ("serve --only webhooks", "the carrier's webhooks"),
    "pages": ("serve --only pages", "the officers' pages"),
    "sealed": ("serve --only sealed", "the inspectors' desk"),
    "worker": ("worker", "what takes time: hearing, sending, keeping the clock"),
}
OF_A_PART = {
    "webhooks": ("MemoryDenyWriteExecute=yes",),
    "pages": ("MemoryDenyWriteExecute=yes",),
    "sealed": ("MemoryDenyWriteExecute=yes", "MemorySwapMax=0"),
    "worker": ("TimeoutStopSec=60",),
}
HARDENED = """\
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ReadWritePaths={data}
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
LockPersonality=yes
KeyringMode=private
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM
LimitCORE=0
UMask=0077
"""
SERVICE = """\
[Unit]
Description=Xiangyin: {what}
After=network-online.target redis-server.service valkey-server.service postgresql.service
Wants=network-online.target
PartOf=xiangyin.target

[Service]
User={user}
Group={user}
WorkingDirectory={data}
EnvironmentFile={settings}
Environment=XIANGYIN_DATA={data} PYTHONDONTWRITEBYTECODE=1
ExecStart={program} {words}
Restart=always
RestartSec=2
{own}
{hardened}
[Install]
WantedBy=xiangyin.target
"""
TARGET = """\
[Unit]
Description=Xiangyin: the whole house
Wants={services}

[Install]
WantedBy=multi-user.target
"""
BACKUP = """\
[Unit]
Description=Xiangyin: a backup of the house

[Service]
Type=oneshot
User={user}
Group={user}
WorkingDirectory={data}
EnvironmentFile={settings}
Environment=XIANGYIN_DATA={data} PYTHONDONTWRITEBYTECODE=1
LoadCredential=passphrase:{passphrase}
ExecStart={program} admin backup {backups} --passphrase-file %d/passphrase
ReadWritePaths={backups}
{hardened}"""
TIMER = """\
[Unit]
Description=Xiangyin: a backup every night

[Timer]
OnCalendar=*-*-* 02:30:00
RandomizedDelaySec=20min
Persistent=yes

[Install]
WantedBy=timers.target
"""


@click.command()
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=Path("/etc/systemd/system"))
@click.option("--user", default="xiangyin", show_default=True, help="Whose the processes and the data are.")
@click.option("--data", type=click.Path(path_type=Path), default=Path("/srv/xiangyin"), show_default=True)
@click.option("--backups", type=click.Path(path_type=Path), default=Path("/srv/xiangyin-backups"), show_default=True)
@click.option("--settings", type=click.Path(path_type=Path), default=Path("/etc/xiangyin/settings"), show_default=True)
@click.option("--program", type=click.Path(path_type=Path), help="The `xiangyin` to start; this one by default.")
def service(*, folder: Path, **places: object) -> None:
    """Write systemd units into a folder: one for each part of the house, a target for all, a backup every night."""
    known = {name: str(place) for name, place in places.items() if place is not None}
    known.setdefault("program", str(Path(sys.executable).with_name("xiangyin")))
    known["passphrase"] = str(Path(known["settings"]).parent / "backup-passphrase")
    known["hardened"] = HARDENED.format(data=known["data"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, unit in _units(known):
        (folder / name).write_text(unit, encoding="utf-8")
        click.echo(folder / name)


def _units(known: dict[str, str]) -> Iterator[tuple[str, str]]:
    for part, (words, what) in PARTS.items():
        own = "\n".join(OF_A_PART[part])
        yield f"xiangyin-{part}.service", SERVICE.format(what=what, words=words, own=own, **known)
    yield "xiangyin.target", TARGET.format(services=" ".join(f"xiangyin-{part}.service" for part in PARTS))
    yield "xiangyin-backup.service", BACKUP.format(**known)
    yield "xiangyin-backup.timer", TIMER
