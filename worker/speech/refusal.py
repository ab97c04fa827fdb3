"""Why a speech model is not installed, said to whoever typed the command."""


class Refused(Exception):
    """One sentence of plain Chinese: what is wrong, and what to do about it."""


class BadFile(Refused):
    """The file itself is wrong: whoever kept it for the next try would only be refused again."""
