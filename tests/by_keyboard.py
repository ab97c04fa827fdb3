"""Somebody without a mouse: what is pressed, key by key, and what it led to."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browsing import tab_to


@dataclass
class Keys:
    """`pressed` is what a person would write down: the way with the Tab key is one entry that says where it led."""

    page: Page
    pressed: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """One after the other, each once the page is all there: what it answers to keys with comes last."""
        for key in keys:
            self.page.wait_for_load_state()
            self.pressed.append(key)
            self.page.keyboard.press(key)

    def type(self, words: str, shown: str = "") -> None:
        self.pressed.append(f"“{shown or words}”")
        self.page.keyboard.type(words)

    def go_to(self, tag: str, name: str) -> None:
        self.pressed.append(f"Tab→{name}")
        tab_to(self.page, tag, name)
