"""An officer at the pages, for the story: signs in, fills in the forms and presses the buttons that a browser would."""

import re
from typing import Self

import httpx

from worker.seed import SignInCard

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
LOGIN_PAGE = "/sign-in"


class StoryBroke(Exception):
    """A step of the story did not happen. Carries which one."""


class Officer:
    def __init__(self, pages_url: str, card: SignInCard) -> None:
        self._pages = httpx.Client(base_url=pages_url, follow_redirects=True, timeout=30, trust_env=False)
        self._card = card

    def __enter__(self) -> Self:
        self._submit(LOGIN_PAGE, LOGIN_PAGE, login=self._card.login, password=self._card.password)
        return self

    def __exit__(self, *_: object) -> None:
        self._pages.close()

    def press(self, number: str, action: str, **fields: str) -> None:
        """Fill in a form of a case's page and press its button."""
        self._submit(f"/cases/{number}", f"/cases/{number}/{action}", **fields)

    def listen(self, number: str) -> int:
        """Listen to the case's sound; how many bytes were heard."""
        sound = self._link(number, rf"/cases/{number}/sound/\d+", "录音")
        return len(self._pages.get(sound).raise_for_status().content)

    def confirm(self, number: str, text: str) -> None:
        """Put down what she truly said, and say that it is so."""
        action = self._link(number, rf"/cases/{number}/words/\d+", "待核稿的文字")
        self._submit(f"/cases/{number}", action, text=text)

    def _link(self, number: str, pattern: str, what: str) -> str:
        found = re.search(pattern, self._see(f"/cases/{number}"))
        if found is None:
            raise StoryBroke(f"事项页上没有{what}")
        return found[0]

    def _submit(self, page: str, action: str, **fields: str) -> None:
        token = TOKEN.search(self._see(page))
        if token is None:
            raise StoryBroke(f"{page} 上没有可提交的表单")
        answer = self._pages.post(action, data={"csrf_token": token[1], **fields})
        if answer.is_error:
            raise StoryBroke(f"{action} 没有做成：{answer.status_code}")

    def _see(self, page: str) -> str:
        return self._pages.get(page).raise_for_status().text
