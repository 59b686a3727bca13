"""Draws vertical and horizontal bars, and histograms."""

from __future__ import annotations

from axes import TICK_SIZE, Plot, axis_title, category_scale, edge_axis, floor_of
from chart_model import Chart
from frame import Frame, legend_height
from scales import Scale, number_ticks, short_number
from svg import AXIS, GRID, INK, MAX_SERIES, STRONG, element, mark, pattern_id, shortened, text, text_width

MAX_VALUE_LABELS = 14
BAND_SHARE = 0.72
MAX_THICKNESS, MAX_HORIZONTAL_THICKNESS = 72, 34
CORNER = 4.0
VALUE_SIZE = 11.5


def is_horizontal(chart: Chart) -> bool:
    """Long names read better beside their bars; times and years read from left to right in any case."""
    names = chart.categories
    longest = max(map(len, names))
    is_sequence = all(name[-4:].isdigit() for name in names)
    return len(names) > 1 and (longest > 14 or longest * len(names) > 90) and not is_sequence


def preferred_height(chart: Chart, height: float) -> float:
    """Horizontal bars need room for each bar; other charts keep the height they were given."""
    if chart.kind != "bar" or not is_horizontal(chart):
        return height
    return max(height, 130 + legend_height(chart) + len(chart.categories) * (16 + 10 * len(chart.series)))


def vertical_bars(chart: Chart, frame: Frame, plot: Plot, y: Scale) -> str:
    """One group of bars for each category, with values above them where there is room."""
    scale, band = category_scale(chart, plot), plot.width / len(chart.categories)
    thickness = min(band * BAND_SHARE / len(chart.series), MAX_THICKNESS)
    labelled = len(chart.series) == 1 and len(chart.categories) <= MAX_VALUE_LABELS
    parts = []
    for index, rank, name, value in _values(chart):
        left = scale(rank) + (index - len(chart.series) / 2) * thickness
        outline = _upright(left + 1, y(0), max(thickness - 2, 1), y(value) - y(0))
        parts.append(_bar(outline, index, frame, chart.tooltip(index, name, value)))
        if labelled:
            above = y(value) - 7 if value >= 0 else y(value) + 16
            parts.append(_value_label(value, left + thickness / 2, above, "middle"))
    return element("g", *parts)


def horizontal_bars(chart: Chart, frame: Frame) -> str:
    """Bars from left to right with their own axes: names on the left, values below."""
    labels = [shortened(name, frame.width * 0.32, 12) for name in chart.categories]
    values = [value for series in chart.series for _, value in series.points]
    largest = max(text_width(short_number(value), VALUE_SIZE) for value in values)
    left = frame.margin + max(text_width(label, 12) for label in labels) + 10
    right = frame.width - frame.margin - largest - 8
    plot = Plot(left, frame.top + 4, right, floor_of(frame, chart.y_label))
    ticks = number_ticks(min(0.0, *values, 0.0), max(0.0, *values, 0.0), 5, whole=all(map(float.is_integer, values)))
    x = Scale(ticks[0].value, ticks[-1].value, plot.left, plot.right)
    band = (plot.bottom - plot.top) / len(labels)
    thickness = min(band * BAND_SHARE / len(chart.series), MAX_HORIZONTAL_THICKNESS)
    parts = []
    for tick in ticks:
        at, stroke = x(tick.value), AXIS if tick.value == 0 else GRID
        parts.append(element("line", x1=at, x2=at, y1=plot.top, y2=plot.bottom, stroke=stroke))
        parts.append(text(tick.label, at, plot.bottom + 18, TICK_SIZE, anchor="middle"))
    for rank, label in enumerate(labels):
        parts.append(text(label, plot.left - 8, plot.top + band * (rank + 0.5) + 4, 12, anchor="end", fill=INK))
    for index, rank, name, value in _values(chart):
        top = plot.top + band * (rank + 0.5) + (index - len(chart.series) / 2) * thickness
        outline = _lying(x(0), top + 1, x(value) - x(0), max(thickness - 2, 1))
        parts.append(_bar(outline, index, frame, chart.tooltip(index, name, value)))
        if len(chart.series) == 1:
            at, anchor = (x(value) + 6, "start") if value >= 0 else (x(value) - 6, "end")
            parts.append(_value_label(value, at, top + thickness / 2 + 4, anchor))
    return element("g", *parts, axis_title(chart.y_label, plot, frame))


def histogram_bars(chart: Chart, frame: Frame, plot: Plot, y: Scale) -> str:
    """Touching bars between labelled edges."""
    counts = chart.series[0].points
    x = Scale(0, len(counts), plot.left + 6, plot.right - 6)
    parts = [edge_axis(chart, plot, x)]
    for rank, (label, count) in enumerate(counts):
        if count:
            outline = _upright(x(rank) + 0.75, y(0), x(rank + 1) - x(rank) - 1.5, y(count) - y(0))
            parts.append(_bar(outline, 0, frame, f"{label}: {short_number(count)}"))
    return element("g", *parts)


def _values(chart: Chart) -> list[tuple[int, int, str, float]]:
    """Every value with the index of its series and the rank and name of its category."""
    ranks = {name: rank for rank, name in enumerate(chart.categories)}
    return [
        (index, ranks[str(name)], str(name), value)
        for index, series in enumerate(chart.series)
        for name, value in series.points
    ]


def _bar(outline: str, index: int, frame: Frame, tooltip: str) -> str:
    fill = f"url(#{pattern_id(frame.prefix, index)})"
    return mark("path", tooltip, d=outline, fill=fill, stroke=STRONG[index % MAX_SERIES], stroke_width=1.2)


def _upright(x: float, y: float, thickness: float, length: float) -> str:
    """The outline of a bar on a horizontal base; a negative length goes up. Its far corners are rounded."""
    radius, sign = _corner(length, thickness)
    side, across = length - sign * radius, thickness - 2 * radius
    return (
        f"M{x:.2f},{y:.2f} v{side:.2f} q0,{sign * radius:.2f} {radius:.2f},{sign * radius:.2f} h{across:.2f} "
        f"q{radius:.2f},0 {radius:.2f},{-sign * radius:.2f} v{-side:.2f} Z"
    )


def _lying(x: float, y: float, length: float, thickness: float) -> str:
    """The outline of a bar on a vertical base. Its far corners are rounded."""
    radius, sign = _corner(length, thickness)
    side, across = length - sign * radius, thickness - 2 * radius
    return (
        f"M{x:.2f},{y:.2f} h{side:.2f} q{sign * radius:.2f},0 {sign * radius:.2f},{radius:.2f} v{across:.2f} "
        f"q0,{radius:.2f} {-sign * radius:.2f},{radius:.2f} h{-side:.2f} Z"
    )


def _corner(length: float, thickness: float) -> tuple[float, int]:
    return min(CORNER, abs(length), thickness / 2), 1 if length >= 0 else -1


def _value_label(value: float, x: float, y: float, anchor: str) -> str:
    return text(short_number(value), x, y, VALUE_SIZE, anchor=anchor, fill=INK, weight=600)
