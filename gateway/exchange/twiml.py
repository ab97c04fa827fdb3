"""TwiML documents: what the gateway asks the line to do, read and checked before the first word is played."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

DOCUMENT_PARSE_FAILURE = 12100
SCHEMA_VIOLATION = 12200
TOO_LARGE = 11750
LARGEST_DOCUMENT = 64_000

VOICE_VERBS = {
    "Say": frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"}),
    "Play": frozenset[str](),
    "Pause": frozenset[str](),
    "Gather": frozenset({"Say", "Play", "Pause"}),
    "Record": frozenset[str](),
    "Redirect": frozenset[str](),
    "Dial": frozenset({"Number"}),
    "Number": frozenset[str](),
    "Hangup": frozenset[str](),
    "Reject": frozenset[str](),
}
TOP_VERBS = frozenset(VOICE_VERBS) - {"Number"}
TEXT_VERBS = {"Message": frozenset({"Body"}), "Body": frozenset[str](), "Redirect": frozenset[str]()}
NUMBERS = frozenset({"timeout", "maxLength", "numDigits", "length", "loop", "timeLimit"})


class BadDocument(Exception):
    """Not a document the line can play; `code` is the carrier's error code."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True)
class Verb:
    """One instruction: its name, what stands in it, and its attributes with the carrier's own defaults."""

    name: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple["Verb", ...] = ()

    def count(self, attribute: str, default: int) -> int:
        return int(self.attributes.get(attribute, default))

    def flag(self, attribute: str, *, default: bool) -> bool:
        return self.attributes.get(attribute, str(default)).lower() == "true"

    def word(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def method(self, attribute: str = "method") -> str:
        return self.attributes.get(attribute, "POST").upper()


def voice_document(body: bytes) -> tuple[Verb, ...]:
    """The verbs of a call's document, in order; raises BadDocument."""
    verbs = tuple(_verb(element, VOICE_VERBS) for element in _elements(body))
    _refuse_strangers("Response", [verb.name for verb in verbs], TOP_VERBS)
    return verbs


def text_document(body: bytes) -> tuple[Verb, ...]:
    """The verbs of an answer to a text; an empty answer is an empty document."""
    if not body.strip():
        return ()
    verbs = tuple(_verb(element, TEXT_VERBS) for element in _elements(body))
    _refuse_strangers("Response", [verb.name for verb in verbs], frozenset({"Message", "Redirect"}))
    return verbs


def _elements(body: bytes) -> list[ET.Element]:
    if len(body) > LARGEST_DOCUMENT:
        raise BadDocument(TOO_LARGE, "the document is too large")
    try:
        text = body.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise BadDocument(DOCUMENT_PARSE_FAILURE, "a document type is not accepted")
        root = ET.fromstring(text)  # noqa: S314 - from the configured gateway, bounded in size, no document type
    except (UnicodeDecodeError, ET.ParseError, ValueError) as error:
        raise BadDocument(DOCUMENT_PARSE_FAILURE, "the document is no XML") from error
    if root.tag != "Response":
        raise BadDocument(SCHEMA_VIOLATION, "the document is no <Response>")
    return list(root)


def _verb(element: ET.Element, known: dict[str, frozenset[str]]) -> Verb:
    allowed = known.get(element.tag)
    if allowed is None:
        raise BadDocument(SCHEMA_VIOLATION, f"<{element.tag}> is not a verb")
    _refuse_strangers(element.tag, [child.tag for child in element], allowed)
    _check_numbers(element)
    children = tuple(_verb(child, known) for child in element if child.tag in known)
    return Verb(element.tag, _words(element, children), dict(element.attrib), children)


def _words(element: ET.Element, children: tuple[Verb, ...]) -> str:
    text = (element.text or "") if children else "".join(element.itertext())
    return " ".join(text.split())


def _refuse_strangers(parent: str, names: Iterable[str], allowed: frozenset[str]) -> None:
    for name in names:
        if name not in allowed:
            raise BadDocument(SCHEMA_VIOLATION, f"<{name}> may not stand in <{parent}>")


def _check_numbers(element: ET.Element) -> None:
    for name in NUMBERS & set(element.attrib):
        if not element.attrib[name].isascii() or not element.attrib[name].isdigit():
            raise BadDocument(SCHEMA_VIOLATION, f"{name} must be a whole number")
