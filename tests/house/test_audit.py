"""`make audit`: a known hole fails it, and so does silence, in words that cannot be taken for a clean answer."""

import json
import subprocess
import sys

import pytest

from tests.house.project import ROOT, text_of

NOTHING = "audited nothing: no advisory source reachable\n"
GOOD = {"name": "flask", "version": "3.1.3", "vulns": []}
HOLE = {"name": "left", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
SKIPPED = {"name": "right", "skip_reason": "not found"}


@pytest.fixture
def audit(tmp_path):
    """What is said and with what status where pip-audit writes this."""

    def run(answer, status=0):
        (tmp_path / "answer").write_text(answer, encoding="utf-8")
        program = tmp_path / "pip-audit"
        program.write_text(f"#!/bin/sh\ncat {tmp_path}/answer\nexit {status}\n", encoding="utf-8")
        program.chmod(0o755)
        command = [sys.executable, ROOT / "tools" / "audit.py", program, "requirements.txt"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


def answer(*packages):
    return json.dumps({"dependencies": packages, "fixes": []})


def test_packages_without_a_known_hole_pass(audit):
    ran = audit(answer(GOOD))
    assert (ran.returncode, ran.stdout) == (0, "1 packages audited, 0 known holes\n")


def test_a_known_hole_fails_and_is_named_with_what_mends_it(audit):
    ran = audit(answer(GOOD, HOLE), status=1)
    assert ran.returncode == 1
    assert "left 1.0: PYSEC-1, mended in 1.1\n2 packages audited, 1 known holes" in ran.stdout


@pytest.mark.parametrize(("said", "status"), [("", 1), ("", 0), ("<html>", 0), (answer(), 0), (answer(SKIPPED), 0)])
def test_where_nobody_answered_nothing_was_audited_and_it_fails_in_just_these_words(audit, said, status):
    ran = audit(said, status)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", NOTHING)


def test_a_package_nobody_answered_for_is_named_and_is_no_clean_answer(audit):
    ran = audit(answer(GOOD, SKIPPED))
    assert ran.returncode == 1
    assert "nobody answered for: right" in ran.stderr


def test_the_secret_scan_is_part_of_the_check_and_the_audit_is_not():
    makefile = text_of("Makefile")
    check = makefile.split("\ncheck:")[1].split("\n\n")[0]
    assert "detect-secrets-hook" in check
    assert "audit" not in check
