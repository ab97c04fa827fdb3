"""What may not lie in the project: secrets, traces of one machine, loose ends, addresses of strangers, patched code."""

import ast
import re

import pytest

from tests.house.project import code, lines_with, texts

LOOSE_END = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE = re.compile(r"(?<![\w.~])/(tmp|work|root|home|Users|mnt|private)/|\b[A-Z]:\\\\")
STRANGER = re.compile(r"""(https?:)?//[a-z0-9-]+(\.[a-z0-9-]+)+|url\(\s*["']?(https?:)?//|@import""", re.IGNORECASE)
NAMESPACE = re.compile(r"http://www\.w3\.org/\d{4}/(svg|xlink)")
SECRETS = {
    "32 or more hexadecimal digits": re.compile(r"\b[0-9a-fA-F]{32,}\b"),
    "base64": re.compile(r"(?<![\w/+])(?=[\w/+]*[a-z])(?=[\w/+]*[A-Z])(?=[\w/+]*\d)[A-Za-z0-9+/]{40,}={0,2}(?![\w/+])"),
    "an account's id": re.compile(r"\b(AC|SK|AKIA)[0-9a-fA-F]{32}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
}
NO_SECRETS: dict[str, str] = {}
THIS_FILE = "tests/house/test_what_is_kept.py"
PATCHERS = frozenset({"mock", "unittest.mock", "pytest_mock"})


def others(*endings):
    return ((name, text) for name, text in texts(*endings) if name != THIS_FILE)


def test_no_loose_end_is_left_in_the_code():
    assert not lines_with(LOOSE_END, others())


def test_nothing_names_a_folder_of_one_machine():
    assert not lines_with(MACHINE, others())


@pytest.mark.parametrize("kind", SECRETS)
def test_no_secret_is_kept(kind):
    found = lines_with(SECRETS[kind], others())
    assert not [line for line in found if line.split(":")[0] not in NO_SECRETS]


def test_the_list_of_what_only_looks_like_a_secret_names_no_file_that_is_gone():
    assert not NO_SECRETS.keys() - {name for name, _ in texts()}


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("32 or more hexadecimal digits", "token = '" + "0123456789abcdef" * 2 + "'"),
        ("base64", "key: " + "aB3" * 15 + "="),
        ("an account's id", "AC" + "0" * 32),
        ("a private key", "-----BEGIN EC PRIVATE" + " KEY-----"),
    ],
)
def test_a_secret_would_be_found(kind, line):
    assert lines_with(SECRETS[kind], [("file", line)])


def test_pages_ask_nothing_of_a_stranger():
    pages = [
        (name, NAMESPACE.sub("", text)) for name, text in others(".html", ".css", ".js", ".svg") if in_a_page(name)
    ]
    assert pages
    assert not lines_with(STRANGER, pages)


def in_a_page(name):
    return name.startswith(("gateway/web/templates/", "gateway/web/static/", "gateway/exchange/phone/"))


@pytest.mark.parametrize(
    "line", ['<script src="https://cdn.example.com/a.js">', "<img src='//cdn.example.com/a'>", "@import 'a.css';"]
)
def test_a_stranger_would_be_seen(line):
    assert lines_with(STRANGER, [("page", line)])


def test_no_test_patches_our_own_code():
    found = [(name, line) for name, tree in code("tests") for line in patches(tree)]
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "from unittest import mock",
        "import unittest.mock",
        "from unittest.mock import patch",
        "monkeypatch.setattr(a, 'b', 1)",
    ],
)
def test_a_patch_would_be_seen(line):
    assert patches(ast.parse(line))


def patches(tree):
    """Lines that replace a piece of code while a test runs; its surroundings (environment, folder) may be set."""
    return [node.lineno for node in ast.walk(tree) if _imports_a_patcher(node) or _sets_an_attribute(node)]


def _imports_a_patcher(node):
    if isinstance(node, ast.Import):
        return any(alias.name in PATCHERS for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.module in PATCHERS or any(f"{node.module}.{alias.name}" in PATCHERS for alias in node.names)
    return False


def _sets_an_attribute(node):
    return isinstance(node, ast.Attribute) and last(node.value) == "monkeypatch" and node.attr in {"setattr", "delattr"}


def last(node):
    return node.id if isinstance(node, ast.Name) else ""


def test_every_test_that_is_left_out_says_why():
    silent = [(name, call.lineno) for name, tree in code("tests") for call in skips(tree) if not says_why(call)]
    assert not silent


def skips(tree):
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return [call for call in calls if call.func.attr in {"skip", "skipif", "xfail"}]


def says_why(call):
    return bool(call.args and call.func.attr == "skip") or any(keyword.arg == "reason" for keyword in call.keywords)
