"""The project as its files stand: what belongs to it, its code as syntax, and the sentences of its paper."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("worker", "gateway", "ivr", "models")
MIGRATIONS = "models/migrations/"  # a migration is one long statement, written once and never touched again
MACHINE_MADE = ("uv.lock", "worker/speech/demo-model/")
HIDDEN_BUT_OURS = frozenset({".ci", ".github", ".gitignore"})
NEVER_OURS = frozenset({"var", "build", "dist", "htmlcov", "__pycache__"})
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@lru_cache
def files() -> tuple[str, ...]:
    """Every file of the project, by its path from the root: what git keeps, or the tree itself outside a checkout."""
    return kept_by_git() or found_by_walking()


def kept_by_git() -> tuple[str, ...]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return ()
    told = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = told.stdout.decode().split("\0") if told.returncode == 0 else []
    return tuple(name for name in names if name and (ROOT / name).is_file())


def found_by_walking() -> tuple[str, ...]:
    paths = (path.relative_to(ROOT) for path in sorted(ROOT.rglob("*")) if path.is_file())
    return tuple(path.as_posix() for path in paths if not any(_foreign(part) for part in path.parts))


def _foreign(part: str) -> bool:
    hidden = part.startswith(".") and part not in HIDDEN_BUT_OURS
    return hidden or part in NEVER_OURS or part.endswith((".egg-info", ".pyc"))


def texts(*endings: str) -> Iterator[tuple[str, str]]:
    """(path, text) of every file that people wrote and that ends so; of all of them where no ending is named."""
    for name in files():
        if name.startswith(MACHINE_MADE) or (endings and not name.endswith(endings)):
            continue
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:  # sound and pictures
            continue


def code(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """(path, syntax) of every Python file in these folders."""
    for name, text in texts(".py"):
        if name.startswith(tuple(f"{folder}/" for folder in folders)):
            yield name, ast.parse(text)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands_of(paper: str) -> list[str]:
    """Every command line in the `sh` blocks of a paper, without its comment."""
    lines = [line for language, block in FENCE.findall(paper) if language == "sh" for line in block.splitlines()]
    return [line.split("  #")[0].strip() for line in lines if line.strip() and not line.startswith("#")]


def lines_with(pattern: re.Pattern[str], found: Iterable[tuple[str, str]]) -> list[str]:
    """`path:line: text` for every line of the files in which the pattern is found."""
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in found
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
