"""Rooms small enough to be read in one sitting, under names that say what they are for."""

import ast
import graphlib
import statistics
import subprocess
import sys

import grimp
import pytest

from tests.house.project import MIGRATIONS, PACKAGES, ROOT, code, files, found_by_walking, kept_by_git, texts

LONGEST_FILE = 300
MEDIAN_FUNCTION, NINETIETH_FUNCTION = 6, 20
NAMES_THAT_SAY_NOTHING = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools", "stuff"})
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def lengths():
    """Lines of every function of the house, its docstring included, shortest first."""
    trees = (tree for name, tree in code(*PACKAGES) if not name.startswith(MIGRATIONS))
    return sorted(
        node.end_lineno - node.lineno + 1 for tree in trees for node in ast.walk(tree) if isinstance(node, FUNCTIONS)
    )


def test_no_file_is_longer_than_a_person_reads_in_one_sitting():
    counted = {name: len(text.splitlines()) for name, text in texts(".py") if not name.startswith(MIGRATIONS)}
    assert not {name: lines for name, lines in counted.items() if lines > LONGEST_FILE}


def test_half_of_all_functions_fit_in_six_lines_and_nine_of_ten_in_twenty():
    found = lengths()
    assert statistics.median(found) <= MEDIAN_FUNCTION
    assert found[len(found) * 9 // 10] <= NINETIETH_FUNCTION


def test_no_room_has_a_name_that_says_nothing():
    rooms = [name for name in files() if name.startswith(tuple(f"{package}/" for package in (*PACKAGES, "tests")))]
    assert not [
        name for name in rooms if NAMES_THAT_SAY_NOTHING & {part.removesuffix(".py") for part in name.split("/")}
    ]


def test_every_room_says_in_its_first_line_what_it_is():
    assert not [
        name for name, tree in code(*PACKAGES) if not name.startswith(MIGRATIONS) and not ast.get_docstring(tree)
    ]


def test_no_rooms_import_each_other_in_a_circle():
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert circle(imports) is None


def test_a_circle_would_be_seen():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) is None


def circle(imports):
    """The modules of one import circle, or None."""
    sorter = graphlib.TopologicalSorter(imports)
    try:
        sorter.prepare()
    except graphlib.CycleError as knot:
        return knot.args[1]
    return None


def test_every_import_stays_within_its_contract():
    # In a process of its own: import-linter sets up logging for itself and so silences every logger there is.
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    told = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


@pytest.mark.skipif(not kept_by_git(), reason="this copy is no git checkout: there is nothing to compare with")
def test_outside_a_checkout_the_same_rooms_are_found():
    def rooms(names):
        return {name for name in names if name.startswith(tuple(f"{package}/" for package in PACKAGES))}

    assert rooms(kept_by_git()) <= rooms(found_by_walking())
