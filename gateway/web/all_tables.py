"""The county's tables as one ZIP: the papers as `xiangyin admin county` takes them, the lists as spreadsheets too."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework.enlisting import HEAD, PEOPLE, PHONES
from models.county import papers
from models.people import Officer
from models.permissions import LABELS, Role
from models.places import Unit
from models.spreadsheet import as_csv, as_xlsx
from models.worded import in_force

PAPERS = ("taxonomy", "prompts", "closures", "procedure")
READ_ME = """乡音：全县的表格。

gazetteer.json、*.yaml  县里的文件，按现在用的导出。放在一个文件夹里，用 xiangyin admin county 可以装回去。
people.*                人员，没有密码。改好了在“导入导出”页上导入。纪检监察人员不在里面：他们只在服务器上管。
duty_phones.*           每个单位的值班电话。改好了在同一页导入。
wordings.*              本县改过的短信，供查看。
"""


def packed(session: Session) -> bytes:
    """The file. Nobody's password, no case, nothing about a villager is in it."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("README.txt", READ_ME)
        for name, words in _papers(session):
            out.writestr(name, words)
        for name, headings, rows in _lists(session):
            out.writestr(f"{name}.csv", as_csv(headings, rows))
            out.writestr(f"{name}.xlsx", as_xlsx(headings, rows))
    return body.getvalue()


def _papers(session: Session) -> Iterator[tuple[str, str]]:
    found = papers(session)
    yield "gazetteer.json", json.dumps(found["gazetteer"], ensure_ascii=False, indent=1)
    for name in PAPERS:
        yield f"{name}.yaml", _yaml(found.get(name, {}))


def _yaml(paper: dict[str, Any]) -> str:
    words: str = yaml.dump(paper, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    return words


def _lists(session: Session) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    serving = select(Officer).where(Officer.active, Officer.role != Role.INSPECTOR).order_by(Officer.id)
    yield "people", PEOPLE, [_person(one) for one in session.scalars(serving)]
    units = session.scalars(select(Unit).order_by(Unit.id))
    yield "duty_phones", PHONES, [(unit.id, unit.name, unit.number or "") for unit in units]
    yield "wordings", ("短信", "内容"), [(purpose, text) for purpose, (text, _) in in_force(session).items()]


def _person(one: Officer) -> tuple[str, ...]:
    return one.login, one.name, LABELS[Role(one.role)], one.unit_id, one.number or "", HEAD if one.head else ""
