"""Why a recording is not taken for what she said."""

from enum import StrEnum


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_AUDIO = "not_audio"
    DAMAGED = "damaged"
    SILENT = "silent"
    WRONG_LENGTH = "wrong_length"
    NEEDS_FFMPEG = "needs_ffmpeg"  # it may well be sound, but only ffmpeg could open it, and there is none here


class NotSound(Exception):
    """A recording that cannot be listened to by a machine; its case is kept, for a person."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
