"""The officers of an invented county, one or more for each unit, and villagers' telephones; no number is anybody's."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from models.permissions import Role
from worker.seed import COUNTY_OFFICE

DISCIPLINE = "jw"
OFFICERS, VILLAGERS = "+861390001", "+861390002"
"""Beginnings of numbers, four digits to follow: the 13900 numbers of the demonstration, which no carrier routes."""

PHONES_A_VILLAGE = 3
OFFICE = (
    *((f"huawu{place}", f"话务员{place}", Role.CLERK, COUNTY_OFFICE) for place in (1, 2, 3)),
    *((f"duban{place}", f"督办员{place}", Role.SUPERVISOR, COUNTY_OFFICE) for place in (1, 2)),
    *((f"jiwei{place}", f"纪检员{place}", Role.INSPECTOR, DISCIPLINE) for place in (1, 2)),
    ("jishu", "技术员", Role.ADMIN, COUNTY_OFFICE),
)


def write(folder: Path, gazetteer: Mapping[str, Any]) -> None:
    """`people.yaml` beside the county's papers: officers, duty phones, registered phones."""
    taxonomy = yaml.safe_load((folder / "taxonomy.yaml").read_text(encoding="utf-8"))
    units = dict(_units(gazetteer, taxonomy))
    officers = list(_officers(units))
    people = {
        "officers": officers,
        "duty_phones": {row["unit"]: row["number"] for row in officers if row["role"] == Role.CADRE},
        "phones": list(_phones(gazetteer)),
    }
    paper = yaml.safe_dump(people, allow_unicode=True, sort_keys=False, width=120)
    (folder / "people.yaml").write_text(paper, encoding="utf-8")


def _units(gazetteer: Mapping[str, Any], taxonomy: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every unit that handles cases, and its name."""
    yield from ((key, unit["name"]) for key, unit in taxonomy["county_units"].items() if key != DISCIPLINE)
    yield from ((town["id"], town["name"]) for town in gazetteer["townships"])
    yield from ((row["id"], row["township"] + row["name"]) for row in gazetteer["villages"])


def _officers(units: Mapping[str, str]) -> Iterator[dict[str, str]]:
    everybody = [(f"u{key.lower()}", f"{name}干部", Role.CADRE, key) for key, name in units.items()]
    for place, (login, name, role, unit) in enumerate((*OFFICE, *everybody)):
        yield {"login": login, "name": name, "role": str(role), "unit": unit, "number": f"{OFFICERS}{place:04}"}


def _phones(gazetteer: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    homes = [row["id"] for row in gazetteer["villages"] for _ in range(PHONES_A_VILLAGE)]
    for place, village in enumerate(homes):
        yield {"number": f"{VILLAGERS}{place:04}", "village": village}
