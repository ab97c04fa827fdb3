"""The paper speaks of what is there: every setting, every command, every link."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from gateway.settings import Settings
from tests.house.project import ROOT, commands_of, text_of, texts
from worker.cli import main

READMES = ("README.md", "README.zh.md")
LONGEST = 200
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SETTING = re.compile(r"\b(?:XIANGYIN|TWILIO)_[A-Z_]+\b|\b[A-Z]+_URL\b")
CHOICES_OF_MAKE = {"STORY", "ARGS", "PROOF"}
SAFE = ("classify", "evaluate", "transcribe", "model list", "admin migrate", "admin county", "cases", "messages")


def settings_known():
    return {str(field.alias) for field in Settings.model_fields.values()}


def targets():
    return set(re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), re.MULTILINE))


def commands(kind):
    """The words after `kind` of every such command in both READMEs."""
    lines = [line.split() for paper in READMES for line in commands_of(text_of(paper))]
    return [words[1:] for words in lines if Path(words[0]).name == kind]


def known_commands(group=main, before=()):
    """Every command of `xiangyin` as its words: ("cases",), ("admin", "drill") …"""
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        if inner is None or command.invoke_without_command:
            yield (*before, name)
        if inner:
            yield from known_commands(command, (*before, name))


@pytest.mark.parametrize("paper", READMES)
def test_every_setting_is_explained(paper):
    assert not settings_known() - set(SETTING.findall(text_of(paper)))


@pytest.mark.parametrize("paper", READMES)
def test_no_setting_is_explained_that_is_not_there(paper):
    assert not set(SETTING.findall(text_of(paper))) - settings_known()


@pytest.mark.parametrize("paper", READMES)
def test_the_first_paper_is_short_enough_to_be_read(paper):
    assert 0 < len(text_of(paper).splitlines()) <= LONGEST


@pytest.mark.parametrize("paper", READMES)
def test_every_target_of_make_is_explained(paper):
    named = {words.split()[1] for words in commands_of(text_of(paper)) if words.startswith("make ")}
    assert named == targets()


@pytest.mark.parametrize("paper", READMES)
def test_every_command_of_xiangyin_is_explained(paper):
    explained = text_of(paper)
    assert not [" ".join(words) for words in known_commands() if f"xiangyin {' '.join(words)}" not in explained]


def test_every_command_in_the_papers_is_one_that_there_is():
    known = set(known_commands())
    assert commands("xiangyin")
    assert not [words for words in commands("xiangyin") if not {tuple(words[:length]) for length in (1, 2, 3)} & known]


def test_what_make_may_be_told_is_something_it_listens_to():
    said = {word.partition("=")[0] for words in commands("make") for word in words if "=" in word}
    assert said <= CHOICES_OF_MAKE
    assert not {choice for choice in CHOICES_OF_MAKE if f"$({choice})" not in text_of("Makefile")} - {"STORY"}


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed: the Makefile cannot be asked")
def test_make_help_says_what_every_target_does():
    make = shutil.which("make")
    quiet = [make, "--no-print-directory", "help"]  # `make test` runs us, and a make inside a make says where it is
    told = subprocess.run(quiet, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in told.splitlines()} == targets()


def test_the_commands_in_the_papers_that_need_nothing_running_do_run(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    environment = {
        "XIANGYIN_DATA": str(tmp_path),
        "XIANGYIN_PUBLIC_URL": "https://hotline.example",
        "XIANGYIN_SECRET_KEY": "of this test alone, nobody's other",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'paper.db'}",
        "REDIS_URL": "unix:///nobody",
        "TWILIO_ACCOUNT_SID": "AC-of-this-test",
        "TWILIO_AUTH_TOKEN": "token-of-this-test",
        "TWILIO_NUMBER": "+8681655500000",
    }
    wanted = [words for words in commands("xiangyin") if " ".join(words).startswith(SAFE)]
    wanted.sort(key=lambda words: words[0] != "admin")  # the tables and the county first
    for words in wanted:
        done = CliRunner(env=environment).invoke(main, words, catch_exceptions=False)
        assert done.exit_code == 0, f"xiangyin {' '.join(words)}: {done.output}"
    assert {words[0] for words in wanted} == {safe.split()[0] for safe in SAFE}


def test_every_link_between_papers_leads_somewhere():
    broken = [
        (name, target)
        for name, text in texts(".md")
        for target in LINK.findall(text)
        if not target.startswith(("http://", "https://", "#"))
        if not (ROOT / name).parent.joinpath(target.partition("#")[0]).exists()
    ]
    assert not broken


def test_decisions_are_numbered_without_a_gap_and_have_their_three_parts():
    papers = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [paper.name[:4] for paper in papers]
    assert numbers == [f"{place:04}" for place in range(1, len(papers) + 1)]
    for paper in papers:
        headings = re.findall(r"^## (\w+)", paper.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], paper.name
