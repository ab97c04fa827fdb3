"""Figures drawn as pictures, on the server: an old browser shows them, and no script is needed."""

from collections.abc import Mapping, Sequence

import pygal
from pygal.style import Style

SHUT_IN = "default-src 'none'; style-src 'unsafe-inline'"  # what a chart may load: it brings its own style along
INK, OURS = "#212529", "#175c4c"
LOOK = Style(
    background="transparent",
    plot_background="transparent",
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle=INK,
    colors=(OURS, "#c77700", "#b02a37"),
    font_family="sans-serif",
    label_font_size=15,
    major_label_font_size=15,
    value_font_size=15,
    no_data_font_size=18,
    legend_font_size=16,
    guide_stroke_color="#b9c4c0",
    major_guide_stroke_color="#b9c4c0",
)
PLAIN = {
    "style": LOOK,
    "js": (),  # else it names a script on somebody else's server
    "show_legend": False,
    "print_values": True,
    "disable_xml_declaration": True,
    "no_data_text": "没有可画的",
    "pretty_print": False,
}
NAMED = {"show_legend": True, "legend_at_bottom": True, "print_values": False, "include_x_axis": True}
A_BAR, MARGIN, WIDTH = 34, 90, 640  # pixels
MOST = 12  # bars one can still read


def bars(rows: Sequence[tuple[str, float]]) -> str:
    """Names with their numbers, lying bars, the first on top."""
    shown = rows[:MOST]
    chart = pygal.HorizontalBar(width=WIDTH, height=MARGIN + A_BAR * len(shown), **PLAIN)
    chart.x_labels = [name for name, _ in reversed(shown)]
    chart.add("", [number for _, number in reversed(shown)])
    return str(chart.render())


def lines(names: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    """Numbers over time, a line for each, named below."""
    chart = pygal.Line(width=WIDTH, height=300, **(PLAIN | NAMED))
    chart.x_labels = names
    for name, numbers in series.items():
        chart.add(name, numbers)
    return str(chart.render())


def line(points: Sequence[tuple[str, float | None]]) -> str:
    """Percentages over time; None is a month of which there is nothing to say."""
    chart = pygal.Line(width=WIDTH, height=300, range=(0, 100), **PLAIN)
    chart.x_labels = [name for name, _ in points]
    chart.add("", [number for _, number in points])
    return str(chart.render())
