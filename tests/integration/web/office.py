"""An office with its pages: the county's casework on the one hand, officers at their browsers on the other."""

import io
import re
import wave
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from argon2 import PasswordHasher
from jinja2 import BytecodeCache
from sqlalchemy import update

from gateway.app import pages, sealed_desk
from gateway.desk import Desk
from gateway.settings import from_mapping
from gateway.storage import FileStorage
from gateway.web.holders import EXTENSION as HOLDERS
from models.keyring import encipher
from models.people import Officer
from models.permissions import SYSTEM
from models.petition import Statement
from models.visible import by_id
from tests.casebook import Casebook
from tests.databases import SECRET
from tests.inspectors import LOGINS

PASSWORD = "梨花开了三月三"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # the strength is argon2's business, not these tests'
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LINK = re.compile(r'href="/cases/(\d{7})"')


class CompiledOnce(BytecodeCache):
    """Compiling the templates anew for each test's application would take a third of the time."""

    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket):
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledOnce()


class NoCarrier:
    """Pages never speak to the telephone company; whoever tries finds nothing here."""


def furnish(book: Casebook, folder, **settings: str) -> Desk:
    """The desk of the pages' process. Every officer has the same password."""
    with book.sessions.writing() as session:
        session.execute(update(Officer).values(password_hash=QUICK.hash(PASSWORD)))
    given = {
        "XIANGYIN_MODE": "demo",
        "XIANGYIN_DATA": str(folder),
        "XIANGYIN_PUBLIC_URL": "http://127.0.0.1:8080",
        "XIANGYIN_SECRET_KEY": SECRET * 2,
        "DATABASE_URL": str(book.sessions.engine.url),
        "REDIS_URL": "unix:///nobody",
        "TWILIO_ACCOUNT_SID": "AC1",
        "TWILIO_AUTH_TOKEN": "t",
        "TWILIO_NUMBER": "+8681655500000",
        **settings,
    }
    desk = Desk(from_mapping(given), book.sessions, book.watch, NoCarrier(), FileStorage(folder / "recordings"))
    desk.papers.held = book.county  # parsed once for all tests: what lies in the database is the same
    return desk


@dataclass
class Office:
    book: Casebook
    desk: Desk

    @cached_property
    def app(self):
        app = pages(self.desk)
        app.jinja_env.bytecode_cache = COMPILED
        return app

    def browser(self) -> "Browser":
        return Browser(self.app.test_client())

    @cached_property
    def sealed_app(self):
        app = sealed_desk(self.desk)
        app.jinja_env.bytecode_cache = COMPILED
        return app

    def at(self, login: str) -> "Browser":
        """The browser of an officer who has signed in; an inspector's at the inspectors' desk, one in the whole test,
        for no code of a half-minute opens the door twice.
        """
        if login in LOGINS:
            if login not in self._inspectors:
                self._inspectors[login] = self._inspector(login)
            return self._inspectors[login]
        browser = self.browser()
        assert browser.sign_in(login).status_code == 303
        return browser

    def again(self, login: str) -> "Browser":
        """An inspector who signs in anew within the same half-minute."""
        self.sealed_app.extensions[HOLDERS].shown.clear()
        self._inspectors[login] = self._inspector(login)
        return self._inspectors[login]

    @cached_property
    def _inspectors(self):
        return {}

    def _inspector(self, login: str) -> "Browser":
        browser = Browser(self.sealed_app.test_client())
        assert browser.sign_in(login).status_code == 303
        assert browser.show_code().status_code == 303
        return browser

    def number(self, case: int) -> str:
        return self.book.case(case).number

    def statement(self, case: int) -> Statement:
        return self.book.case(case).statements[-1]

    def keep_sound(self, case: int) -> bytes:
        """Put a listening copy where the case's last statement says it is; the sound as it was before enciphering."""
        sound = a_second_of_sound()
        with self.desk.sessions.writing() as session:
            statement = by_id(session, SYSTEM, case).statements[-1]
            statement.sound = self.desk.storage.put(encipher(statement.key.plain, sound))
        return sound


@dataclass
class Browser:
    """One officer's browser, as far as a form needs one: it keeps cookies and sends the page's own token along."""

    client: object

    def sign_in(self, login: str, password: str = PASSWORD, to: str = ""):
        page = f"/sign-in?next={to}" if to else "/sign-in"
        return self.send(page, "sign-in", login=login, password=password)

    def show_code(self):
        """The code of this half-minute, which a demonstration shows beside its field."""
        code = re.search(r"<strong>(\d{6})</strong>", self.read("/sign-in/code"))[1]
        return self.send("/sign-in/code", "code", code=code)

    def get(self, path: str, **headers: str):
        return self.client.get(path, headers=headers)

    def read(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def send(self, path: str, form: str, on: str = "", **fields: str):
        """Fill in a form of the page `on` (the path it is sent to, unless said otherwise) and send it."""
        token = TOKEN.search(self.client.get(on or path).text)
        return self.client.post(path, data={"csrf_token": token and token[1], "form": form, **fields})

    def act(self, number: str, what: str, form: str = "", **fields: str):
        """Send one of the forms of a case's page."""
        return self.send(f"/cases/{number}/{what}", form or what, on=f"/cases/{number}", **fields)

    def listed(self, query: str = "") -> list[str]:
        """The numbers on the list, in its order."""
        return LINK.findall(self.read(f"/{query}"))


def as_seen(page: str, number: str = "") -> str:
    """A page as somebody reads it: without its token, and without the number he asked for."""
    return TOKEN.sub("", page).replace(number, "")


def field(page: str, name: str) -> str:
    """What stands in a field of a page."""
    area = re.search(rf'<textarea[^>]*\bname="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    line = re.search(rf'<input[^>]*\bname="{name}"[^>]*\bvalue="([^"]*)"', page)
    return unescape((area or line)[1])


def a_second_of_sound() -> bytes:
    body = io.BytesIO()
    with wave.open(body, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(range(256)) * 62)
    return body.getvalue()
