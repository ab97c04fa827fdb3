"""What docs/install.md and docs/twilio.md tell the technician to type is typed here, as far as a test may."""

import ctypes
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from gateway.settings import Settings
from tests.bench.ports import free_port
from tests.house.project import FENCE, ROOT, text_of
from worker import premises

INSTALL, TWILIO = text_of("docs/install.md"), text_of("docs/twilio.md")
NUMBER = "+8681655500000"
ACCOUNT, TOKEN = "AC-of-this-test", "the primary token of this test"
OUR_OWN = "sudo -u xiangyin xiangyin "
FIRST, TRIAL, UPGRADE, BACK = ("## 3.", "## 4."), ("## 6.", "## 7."), ("## 8.", "## Every day"), ("## 5.", "## 6.")
PROGRAM = Path(sys.executable).with_name("xiangyin")
DENY_WRITE_EXECUTE = 65  # prctl(PR_SET_MDWE), Linux 6.3
AT_HOST = re.compile(r"`https://hotline\.example(/twilio/\S+?)`")


def blocks(paper, language):
    return [block for found, block in FENCE.findall(paper) if found == language]


def ours(chapter):
    """The commands of one chapter that are our own, as they are typed."""
    begin, end = chapter
    told = INSTALL[INSTALL.index(begin) : INSTALL.index(end)]
    lines = [line for block in blocks(told, "sh") for line in block.splitlines()]
    return [line.removeprefix(OUR_OWN) for line in lines if line.startswith(OUR_OWN)]


class Server:
    """A machine on which the paper is followed: its folders are somewhere else, its names are the paper's."""

    def __init__(self, folder: Path, api: str) -> None:
        self.folder, self.api = folder, api
        for name in ("etc/xiangyin", "srv/xiangyin", "srv/xiangyin-backups", "units"):
            (folder / name).mkdir(parents=True)
        self.write(folder / "etc/xiangyin/settings", blocks(INSTALL, "ini")[0])
        self.write(folder / "etc/xiangyin/backup-passphrase", "a passphrase nobody guesses\n")
        (wrapper,) = [block for block in blocks(INSTALL, "sh") if block.startswith("#!")]
        self.write(folder / "xiangyin", wrapper)
        (folder / "xiangyin").chmod(0o755)

    def write(self, file: Path, text: str) -> None:
        file.write_text(self.here(text), encoding="utf-8")

    def here(self, text: str) -> str:
        """The paper's places and secrets as they are on this machine."""
        text = text.replace("/opt/xiangyin/current/.venv/bin/xiangyin", str(PROGRAM))
        text = text.replace("/opt/xiangyin/current", str(ROOT))
        text = re.sub(r"(?<![\w.])/(etc|srv)/xiangyin", rf"{self.folder}/\1/xiangyin", text)
        secrets = {"XIANGYIN_SECRET_KEY": "0" * 20 + "of this test" * 2, "TWILIO_ACCOUNT_SID": ACCOUNT}
        secrets |= {"TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_NUMBER": NUMBER}
        for name, value in secrets.items():
            text = re.sub(rf"^{name}=.*$", f"{name}='{value}'\nTWILIO_API_URL='{self.api}'", text, flags=re.MULTILINE)
        return text

    def type(self, line: str) -> subprocess.CompletedProcess:
        """One line of the paper, through its own little program."""
        typed = f'"{self.folder}/xiangyin" {self.here(line)}'
        clean = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"}
        return subprocess.run(["/bin/sh", "-c", typed], env=clean, capture_output=True, text=True, check=False)


@pytest.fixture
def exchange(tmp_path):
    """The carrier's REST: our own exchange, as a process."""
    command = [sys.executable, "-m", "gateway.exchange", "serve", "--data", str(tmp_path / "exchange")]
    about = ["--number", NUMBER, "--account-sid", ACCOUNT]
    environment = {**os.environ, "TWILIO_AUTH_TOKEN": TOKEN}
    with subprocess.Popen([*command, *about], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield process.stdout.readline().split()[-1]
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture
def server(tmp_path, exchange):
    return Server(tmp_path / "server", exchange)


def test_every_block_is_good_shell():
    for block in [*blocks(INSTALL, "sh"), *blocks(TWILIO, "sh")]:
        checked = subprocess.run(["/bin/sh", "-n"], input=block, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, f"{block}\n{checked.stderr}"


def test_the_settings_of_the_paper_are_all_that_production_needs():
    named = set(re.findall(r"^([A-Z_]+)=", blocks(INSTALL, "ini")[0], re.MULTILINE))
    needed = {str(field.alias) for field in Settings.model_fields.values() if field.is_required()}
    assert needed <= named
    assert named <= {str(field.alias) for field in Settings.model_fields.values()}


def test_the_tls_proxy_leads_to_the_ports_the_parts_listen_on():
    (caddyfile,) = blocks(INSTALL, "caddyfile")
    ports = {int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", caddyfile)}
    served = {"XIANGYIN_PORT", "XIANGYIN_PAGES_PORT", "XIANGYIN_SEALED_PORT"}
    assert ports == {premises.WEB_PORTS[name] for name in served}


def test_the_paper_is_followed_from_an_empty_machine_to_a_restored_one(server):
    """Chapters 3, 5, 6 and 8 in their order, each command as it stands there."""
    for line in ours(FIRST):
        done = server.type(line)
        assert done.returncode == 0, f"{line}: {done.stderr}"
    (carrier,) = ours(BACK)
    assert server.type(carrier).returncode == 0
    backup, restore = ours(TRIAL)
    assert server.type(backup).returncode == 0
    keys = server.folder / "srv/xiangyin/keys/case-keys.box"
    shutil.copy(keys, server.folder / "srv/xiangyin-backups/case-keys.box")
    told = server.type(restore)
    assert (told.returncode, "--replace" in told.stderr) == (1, True), "this house is not an empty one"
    shutil.rmtree(server.folder / "srv/xiangyin")
    (server.folder / "srv/xiangyin").mkdir()
    told = server.type(restore)
    assert (told.returncode, "恢复好了" in told.stdout) == (0, True), told.stderr
    before, migrate, after = ours(UPGRADE)
    for line in (before, migrate, after):
        done = server.type(line)
        assert done.returncode == 0, f"{line}: {done.stderr}"
    assert server.type("cases --json").stdout.strip() == "[]"


def test_the_carriers_fields_are_those_of_the_paper(server, exchange):
    (typed,) = [line.removeprefix(OUR_OWN) for block in blocks(TWILIO, "sh") for line in block.splitlines()]
    assert server.type(typed).returncode == 0
    numbers = f"{exchange}/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json"
    (number,) = httpx.get(numbers, auth=(ACCOUNT, TOKEN), trust_env=False).json()["incoming_phone_numbers"]
    rows = [line.split("|") for line in TWILIO.splitlines() if line.startswith("| Voice:") or "| Messaging:" in line]
    said = [(AT_HOST.search(row[2])[1], row[3].strip()) for row in rows]
    fields = ("voice", "voice_fallback", "status_callback", "sms", "sms_fallback")
    addresses = [number.get(f"{name}_url", number.get(name)) for name in fields]
    methods = [number[f"{name}_method"] for name in fields]
    assert said == list(zip([one.removeprefix("https://hotline.example") for one in addresses], methods, strict=True))


def test_a_part_serves_behind_the_proxy_though_no_memory_may_be_written_and_run(server):
    """As its unit has it. Guesses are counted by the address the proxy names, not by the proxy's own."""
    if ctypes.CDLL(None).prctl(DENY_WRITE_EXECUTE + 1, 0, 0, 0, 0) < 0:
        pytest.skip("this kernel cannot deny a process memory that is written and executed (Linux 6.3)")
    for line in ours(FIRST)[:2]:
        server.type(line)
    port = free_port()
    narrow = f"import ctypes; assert ctypes.CDLL(None).prctl({DENY_WRITE_EXECUTE}, 1, 0, 0, 0) == 0; "
    start = (
        f"set -a && . {server.folder}/etc/xiangyin/settings && XIANGYIN_PAGES_PORT={port} && exec {sys.executable} -c"
    )
    program = narrow + "import sys; sys.argv[1:] = ['serve', '--only', 'pages']; from worker.cli import main; main()"
    with subprocess.Popen(["/bin/sh", "-c", f'{start} "$0"', program], cwd=ROOT) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            answers = [guess(port, "192.0.2.1", str(tried)) for tried in range(41)]
            assert (set(answers[:40]), answers[40]) == ({422}, 429)
            assert guess(port, "192.0.2.2", "somebody") == 422
        finally:
            process.terminate()


def guess(port, address, login):
    """What the sign-in page answers to a wrong password, at the end of the proxy; the cookie is for TLS alone."""
    page = httpx.get(f"http://127.0.0.1:{port}/sign-in", trust_env=False)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    headers = {"X-Forwarded-For": address, "Cookie": page.headers["Set-Cookie"].partition(";")[0]}
    form = {"csrf_token": token, "login": login, "password": "wrong"}
    return httpx.post(page.url, data=form, headers=headers, trust_env=False, timeout=20).status_code


def wait_for(url, process):
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(url, trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("it does not answer")
