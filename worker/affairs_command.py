"""`xiangyin admin affairs`: published affairs from a spreadsheet, all of it or nothing."""

from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.affairs_sheet import by_name, read
from models.casework import publishing
from models.cells import Fault
from models.lifecycle import NotAllowed, Refusal
from models.people import Officer
from models.permissions import Actor
from worker.installation import desk


@click.group()
def affairs() -> None:
    """党务, 村务, 集体三资, 工程项目, 惠民资金: what villages make public."""


@affairs.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "login", required=True, help="Whose draft it is; another officer signs it off on the page 公开.")
@click.option("--why", default="", help="What is put right, where a quarter is public already.")
def bring(*, file: Path, login: str, why: str) -> None:
    """Bring FILE (.xlsx, .csv) as drafts; with one wrong row in it nothing is kept. Status 1 then, the rows named."""
    at = desk()
    sheet = read(file.name, file.read_bytes(), village=by_name(at.county.gazetteer))
    if sheet.faults:
        _refuse(sheet.faults)
    try:
        with at.sessions.writing() as session:
            made = publishing.bring(session, sheet.drafts, by=_officer(session, login), now=at.now(), why=why)
            lines = sum(len(draft.rows) for draft in made)
    except publishing.NotTaken as refused:
        _refuse(refused.faults)
    except Refusal as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"导入 {len(made)} 份，{lines} 条，待另一个人签发。")


def _refuse(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        click.echo(f"第{fault.row}行：{fault.why}" if fault.row else fault.why, err=True)
    raise click.ClickException(f"有 {len(faults)} 处要改，一行都没有导入。")


def _officer(session: Session, login: str) -> Actor:
    officer = session.scalar(select(Officer).where(Officer.login == login, Officer.active))
    if officer is None:
        raise NotAllowed(f"没有 {login} 这个账号。")
    return officer.actor
