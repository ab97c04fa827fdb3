"""没有交上去的: what was typed goes through the sign-in with the page and is offered again; nobody keeps it."""

from dataclasses import dataclass

from flask import current_app, render_template, request
from itsdangerous import BadData, URLSafeTimedSerializer

from gateway.web.forms import typed

FIELD = "unfinished"
LASTS = 24 * 3600  # seconds; whoever comes back later finds the case changed anyhow
NEVER = frozenset({"csrf_token", "password", "code", FIELD})
TO_READ = {"text": "文字", "reply": "办理结果", "note": "记下的话", "reason": "为什么", "advice": "该去找谁"}


@dataclass(frozen=True)
class Unfinished:
    """A form that was filled in and could not be taken: whose it is, where it goes, what stands in it."""

    officer_id: int
    path: str
    fields: tuple[tuple[str, str], ...]
    files: bool

    @property
    def to_read(self) -> list[tuple[str, str, str]]:
        """(name, label, text) of what was written by hand."""
        return [(name, _label(name), text) for name, text in self.fields if _label(name)]

    @property
    def beside(self) -> list[tuple[str, str]]:
        return [(name, text) for name, text in self.fields if not _label(name)]

    @property
    def sealed(self) -> str:
        """As it goes along in a page; signed, so that nobody else's words come back under her name."""
        return _signer().dumps([self.officer_id, self.path, self.fields, self.files])


def of_this_request(officer_id: int) -> Unfinished:
    fields = tuple((name, typed(name)) for name in request.form if name not in NEVER)
    return Unfinished(officer_id, request.path, fields, bool(request.files))


def brought_along(officer_id: int) -> Unfinished | None:
    """What the sign-in form brings of this officer's; None of another's, of an old one, and where there is none."""
    try:
        whose, path, fields, files = _signer().loads(request.form.get(FIELD, ""), max_age=LASTS)
    except BadData:
        return None
    return Unfinished(whose, path, tuple(map(tuple, fields)), files) if whose == officer_id else None


def offered(unfinished: Unfinished) -> str:
    """The page from which it is sent once more, by her own hand."""
    return render_template("unfinished.html", unfinished=unfinished)


def from_our_page(token: str) -> bool:
    """Whether one of our own pages brought this token, be it of a sign-in that is no more (Flask-WTF's own salt)."""
    try:
        URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token").loads(token)
    except BadData:
        return False
    return True


def _label(name: str) -> str:
    return TO_READ.get(name.partition("-")[0], "")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=FIELD)
