"""The frame of a measurement: on which machine, the parts in their turn, a table to read, a file to compare."""

import json
import os
import platform
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

Figures = dict[str, float]
Part = Callable[[], Figures]


def run(parts: Mapping[str, Part], *, file: Path, now: datetime, console: Console) -> None:
    """Measure the parts in their order, print a table, and write `file`: the machine, the date, a key for each part."""
    measured = {name: _measured(name, part, console) for name, part in parts.items()}
    console.print(_table(measured))
    file.parent.mkdir(parents=True, exist_ok=True)
    paper = {"machine": machine(), "date": now.isoformat(timespec="seconds"), **measured}
    file.write_text(json.dumps(paper, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    console.print(f"written to {file}")


def machine() -> dict[str, str | int]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": _cpu_model(Path("/proc/cpuinfo")),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def _cpu_model(file: Path) -> str:
    """What the processor calls itself; on a system without that file, what Python calls it."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _measured(name: str, part: Part, console: Console) -> Figures:
    console.print(f"measuring {name} …")
    return {key: round(value, 3) for key, value in part().items()}


def _table(measured: Mapping[str, Figures]) -> Table:
    table = Table("part", "figure", "value", title="make bench", title_justify="left")
    for name, figures in measured.items():
        for key, value in figures.items():
            table.add_row(name, key, f"{value:g}")
        table.add_section()
    return table
