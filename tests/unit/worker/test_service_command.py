"""The systemd units: one for each part of the house, understood by systemd, and shut in."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser

import pytest
from click.testing import CliRunner

from worker.cli import main
from worker.parts import SERVERS

ANALYZE = shutil.which("systemd-analyze")
WITHOUT = "systemd-analyze is not installed: the units are only read as files"
DEMANDED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "PrivateTmp": "yes",
    "LimitCORE": "0",
    "ProtectHome": "yes",
    "User": "somebody",
}


@pytest.fixture
def units(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "settings").touch()
    places = ("--data", data, "--backups", data, "--settings", tmp_path / "settings", "--program", sys.executable)
    words = ("--folder", tmp_path / "units", "--user", "somebody", *places)
    done = CliRunner().invoke(main, ["admin", "service", *map(str, words)])
    assert done.exit_code == 0, done.output
    files = sorted((tmp_path / "units").iterdir())
    assert {str(file) for file in files} == set(done.output.splitlines())
    return {file.name: file for file in files}


def read(file):
    unit = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    unit.optionxform = str
    unit.read_string(file.read_text(encoding="utf-8"))
    return unit


def services(units):
    return {name: read(file)["Service"] for name, file in units.items() if name.endswith(".service")}


def test_every_part_that_can_be_served_has_a_unit_of_its_own_and_the_target_wants_all(units):
    parts = {f"xiangyin-{part}.service" for part in (*SERVERS, "worker")}
    assert parts <= set(units)
    assert set(read(units["xiangyin.target"])["Unit"]["Wants"].split()) == parts


def test_every_service_is_shut_in(units):
    found = services(units)
    assert len(found) == 5
    for name, service in found.items():
        assert {key: service[key] for key in DEMANDED} == DEMANDED, name


def test_memory_that_is_written_and_run_is_denied_to_all_but_the_worker_and_what_it_shares(units):
    denied = {name for name, service in services(units).items() if service.get("MemoryDenyWriteExecute") == "yes"}
    assert denied == {"xiangyin-webhooks.service", "xiangyin-pages.service", "xiangyin-sealed.service"}


def test_the_inspectors_keys_are_never_swapped_out(units):
    assert services(units)["xiangyin-sealed.service"]["MemorySwapMax"] == "0"


def test_the_backups_passphrase_is_on_no_command_line(units):
    backup = services(units)["xiangyin-backup.service"]
    assert backup["ExecStart"].endswith("--passphrase-file %d/passphrase")
    assert backup["LoadCredential"].startswith("passphrase:")


@pytest.mark.skipif(not ANALYZE, reason=WITHOUT)
def test_systemd_understands_every_line(units):
    told = subprocess.run([ANALYZE, "verify", *map(str, units.values())], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.skipif(not ANALYZE, reason=WITHOUT)
def test_systemd_finds_little_left_to_shut(units):
    names = [name for name in units if name.endswith(".service")]
    for name in names:
        command = [ANALYZE, "security", "--offline=true", "--no-pager", str(units[name])]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        exposed = re.search(rf"{name}: ([\d.]+)", told.stdout)
        if exposed is None:
            pytest.skip(f"this systemd-analyze rates no unit that is not installed: {told.stderr.strip()}")
        assert float(exposed[1]) <= 2.0, name
