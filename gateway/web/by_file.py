"""导入导出: the county's tables as files, to look through, to put right in a spreadsheet and to bring back."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.all_tables import packed
from gateway.web.forms import stands_on
from gateway.web.gate import actor
from models.casework import enlisting
from models.casework.enlisting import Brought
from models.clock import CHINA
from models.lifecycle import BadInput
from models.permissions import Action
from models.visible import require_at_all

by_file = Blueprint("by_file", __name__, url_prefix="/admin/files")


@by_file.get("")
def page() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    return render_template("files.html", people=enlisting.PEOPLE, phones=enlisting.PHONES, most=enlisting.MOST_ROWS)


@by_file.get("/county.zip")
def export() -> Response:
    require_at_all(actor(), Action.ADMINISTER)
    with at_hand().sessions.reading() as session:
        body = packed(session)
    name = f"county-{at_hand().now().astimezone(CHINA):%Y%m%d}.zip"
    return Response(body, mimetype="application/zip", headers={"Content-Disposition": f"attachment; filename={name}"})


@by_file.post("/people")
@stands_on(page)
def bring_people() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    (name, body), now, locked = _file(), at_hand().now(), _nobodys_password()
    with at_hand().sessions.writing() as session:
        brought = enlisting.people(session, name, body, locked=locked, by=actor(), now=now)
    return _done(brought, f"新添 {brought.fresh} 人。新添的人还没有密码：到各人的页上给。")


@by_file.post("/duty-phones")
@stands_on(page)
def bring_phones() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    (name, body), now = _file(), at_hand().now()
    with at_hand().sessions.writing() as session:
        brought = enlisting.duty_phones(session, name, body, by=actor(), now=now)
    return _done(brought, "")


def _done(brought: Brought, more: str) -> ResponseReturnValue:
    flash(f"导入了 {brought.rows} 行，{brought.changed} 行和原来不一样。{more}")
    return redirect(url_for("by_file.page"), 303)


def _file() -> tuple[str, bytes]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadInput("file", "请选一个文件：.xlsx 或 .csv。")
    return file.filename, file.read()


@cache
def _nobodys_password() -> str:
    return PasswordHasher().hash(secrets.token_urlsafe())
