"""What is installed: locked, from the public index alone, and nothing of the demonstration's licence in the product."""

import ast
import re
import tomllib

from tests.house.project import PACKAGES, code, text_of

INDEX = "https://pypi.org/simple"
FILES = "https://files.pythonhosted.org/packages/"
# The voices: for the demonstration, the tests, and the maker of its model, which make installs for nobody.
GPL = {"espeakng_loader": ("gateway/exchange/", "worker/speech/builder/", "examples/", "tests/")}


def lock():
    return tomllib.loads(text_of("uv.lock"))


def project():
    return tomllib.loads(text_of("pyproject.toml"))["project"]


def test_every_package_comes_from_the_public_index():
    sources = {package["name"]: package["source"] for package in lock()["package"]}
    assert sources.pop("xiangyin") == {"editable": "."}
    assert sources
    assert not {name: source for name, source in sources.items() if source != {"registry": INDEX}}


def test_every_file_of_a_package_lies_where_the_public_index_keeps_them():
    packages = [package for package in lock()["package"] if package["name"] != "xiangyin"]
    found = [file for package in packages for file in (package.get("sdist"), *package.get("wheels", [])) if file]
    assert found
    assert not [file for file in found if not file.get("url", "").startswith(FILES) or not file.get("hash")]


def test_the_lock_knows_no_place_of_one_machine_and_no_build_of_one_kind():
    assert not re.findall(r"file:|\+cpu|\+cu\d|path = |directory = |git = ", text_of("uv.lock"))
    assert not [package for package in lock()["package"] if "+" in package.get("version", "")]


def test_everything_the_product_asks_for_is_locked():
    wanted = {re.split(r"[\s\[<>=!;]", line)[0] for line in project()["dependencies"]}
    assert not wanted - {package["name"] for package in lock()["package"]}


def test_no_gpl_package_is_asked_for_by_the_product_itself():
    asked = " ".join(project()["dependencies"])
    assert "espeak" not in asked


def test_the_gpl_voices_are_used_by_the_exchange_the_examples_and_the_tests_alone():
    found = [
        (name, module)
        for name, tree in code(*PACKAGES, "examples", "tests", "tools")
        for module in imported(tree)
        if module in GPL and not name.startswith(GPL[module])
    ]
    assert not found


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
