"""What surrounds every chart: the space it gets, its title, its subtitle and its legend."""

from __future__ import annotations

from dataclasses import dataclass

from chart_model import Chart
from svg import DASHES, INK, STRONG, element, marker, pattern_id, shortened, text, text_width, wrapped

MARGIN = 24.0
LEGEND_ROW = 24.0
SWATCH = 30.0


@dataclass
class Frame:
    """The size of a chart, and where the drawing below the header starts."""

    width: float
    height: float
    prefix: str
    top: float = MARGIN
    margin: float = MARGIN


def header(chart: Chart, frame: Frame) -> str:
    """Draw title, subtitle and legend, and move the top of the drawing below them."""
    parts = []
    for line in wrapped(chart.title, 0.9 * (frame.width - 2 * MARGIN), 18, 2):
        frame.top += 18
        parts.append(text(line, MARGIN, frame.top, 18, fill=INK, weight=700))
        frame.top += 6
    if chart.subtitle:
        frame.top += 14
        parts.append(text(shortened(chart.subtitle, frame.width - 2 * MARGIN, 13), MARGIN, frame.top, 13))
        frame.top += 4
    if has_legend(chart):
        parts.append(_legend(chart, frame))
    frame.top += 14
    return "".join(parts)


def has_legend(chart: Chart) -> bool:
    """A legend explains series; a pie names its slices itself."""
    return len(chart.series) > 1 and chart.kind != "pie"


def legend_height(chart: Chart) -> float:
    """About how much height the legend takes."""
    return LEGEND_ROW * (1 + len(chart.series) // 5) if has_legend(chart) else 0.0


def _legend(chart: Chart, frame: Frame) -> str:
    parts, x = [], MARGIN
    frame.top += LEGEND_ROW
    for index, series in enumerate(chart.series):
        name = shortened(series.name, 160, 12)
        width = SWATCH + text_width(name, 12) + 22
        if x > MARGIN and x + width > frame.width - MARGIN:
            x, frame.top = MARGIN, frame.top + LEGEND_ROW
        parts.append(_swatch(chart.kind, index, x, frame.top - 4, frame.prefix))
        parts.append(text(name, x + SWATCH, frame.top, 12, fill=INK))
        x += width
    return element("g", *parts)


def _swatch(kind: str, index: int, x: float, y: float, prefix: str) -> str:
    """A sample of how a series is drawn."""
    if kind == "bar":
        return element(
            "rect",
            x=x + 4,
            y=y - 7,
            width=18,
            height=14,
            rx=3,
            fill=f"url(#{pattern_id(prefix, index)})",
            stroke=STRONG[index],
            stroke_width=1.2,
        )
    line = (
        element(
            "line",
            x1=x,
            x2=x + 24,
            y1=y,
            y2=y,
            stroke=STRONG[index],
            stroke_width=2.4,
            stroke_dasharray=DASHES[index] or None,
        )
        if kind == "line"
        else ""
    )
    return line + marker(index, x + 12, y, 4)
