"""How loud a recording is when, drawn on the server: a picture of the sound to point at, without a script."""

from io import BytesIO

import numpy as np
import soundfile

COLUMNS, HEIGHT = 600, 100
FLOOR = 1.5  # of HEIGHT: silence is a line, not nothing
QUIETEST = 0.02  # of full scale: what is quieter is not made louder than it is


def outline(sound: bytes) -> str:
    """A WAV file as an SVG picture: its loudness in 600 columns, the loudest as high as the picture."""
    samples, _ = soundfile.read(BytesIO(sound), dtype="float32", always_2d=True)
    heights = np.maximum(_loudness(np.abs(samples[:, 0])) * HEIGHT / 2, FLOOR)
    bars = "".join(f"M{x} {HEIGHT / 2 - high:.0f}V{HEIGHT / 2 + high:.0f}" for x, high in enumerate(heights))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COLUMNS} {HEIGHT}" preserveAspectRatio="none">'
        f'<path d="{bars}" stroke="#175c4c" fill="none"/></svg>'
    )


def _loudness(levels: "np.typing.NDArray[np.float32]") -> "np.typing.NDArray[np.float32]":
    """Of each column its loudest moment, as a part of the whole recording's."""
    columns = [column.max(initial=0.0) for column in np.array_split(levels, COLUMNS)]
    return np.asarray(columns, dtype=np.float32) / max(float(levels.max(initial=0.0)), QUIETEST)
