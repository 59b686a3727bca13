"""Axes, grid lines and tick labels, and the scales that place data between them."""

from __future__ import annotations

from dataclasses import dataclass

from chart_model import Chart
from frame import Frame
from scales import Scale, Tick, number_ticks, positions, time_ticks
from svg import AXIS, GRID, INK, element, shortened, text, text_width

TICK_SIZE = 11.5
TICK_SPACING = 90
MAX_LABEL_WIDTH = 110


@dataclass
class Plot:
    """The rectangle between the axes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


def floor_of(frame: Frame, axis_label: str) -> float:
    """Where a plot ends: above two lines of tick labels and, if there is one, the label of the axis."""
    return frame.height - frame.margin - (44 if axis_label else 20)


def axis_title(label: str, plot: Plot, frame: Frame) -> str:
    """The label below the horizontal axis."""
    shown = shortened(label, plot.width)
    middle, bottom = (plot.left + plot.right) / 2, frame.height - frame.margin + 8
    return text(shown, middle, bottom, 12, anchor="middle", weight=600)


def value_axis(ticks: list[Tick], y: Scale, plot: Plot) -> str:
    """Labels on the left and grid lines across; the line of zero is the darkest."""
    parts = []
    for tick in ticks:
        at = y(tick.value)
        is_base = tick.value == 0 or (tick is ticks[0] and tick.value > 0)
        style = {"stroke": AXIS, "stroke_width": 1.2} if is_base else {"stroke": GRID}
        parts.append(element("line", x1=plot.left, x2=plot.right, y1=at, y2=at, **style))
        parts.append(text(tick.label, plot.left - 8, at + 4, TICK_SIZE, anchor="end"))
    return element("g", *parts)


def tick_below(x: float, plot: Plot, tick: Tick) -> str:
    """A tick on the horizontal axis with one or two lines of label."""
    parts = [element("line", x1=x, x2=x, y1=plot.bottom, y2=plot.bottom + 5, stroke=AXIS)]
    parts.append(text(tick.label, x, plot.bottom + 18, TICK_SIZE, anchor="middle"))
    if tick.second_line:
        parts.append(text(tick.second_line, x, plot.bottom + 32, TICK_SIZE, anchor="middle", fill=INK))
    return "".join(parts)


def category_scale(chart: Chart, plot: Plot) -> Scale:
    """Maps the rank of a category to the middle of its band."""
    count = len(chart.categories)
    half = plot.width / count / 2
    return Scale(0, max(count - 1, 1), plot.left + half, plot.right - half if count > 1 else plot.left + half)


def category_axis(chart: Chart, plot: Plot) -> str:
    """Category labels; where they would touch, every second, third and so on is written."""
    scale, band = category_scale(chart, plot), plot.width / len(chart.categories)
    widest = max(text_width(name, TICK_SIZE) for name in chart.categories)
    fits = widest <= 1.6 * band and len(chart.categories) <= 12
    every = 1 if fits else _thinning(min(widest, MAX_LABEL_WIDTH) + 12, band)
    room = max(band * every - 6, 24)
    shown = [(rank, name) for rank, name in enumerate(chart.categories) if rank % every == 0]
    return element("g", *(tick_below(scale(rank), plot, _tick(rank, name, room)) for rank, name in shown))


def edge_axis(chart: Chart, plot: Plot, x: Scale) -> str:
    """The edges of histogram bins, which are the categories of the chart."""
    widest = max(text_width(edge, TICK_SIZE) for edge in chart.categories)
    every = _thinning(widest + 14, x(1) - x(0))
    shown = [(rank, edge) for rank, edge in enumerate(chart.categories) if rank % every == 0]
    return element("g", *(tick_below(x(rank), plot, Tick(rank, edge)) for rank, edge in shown))


def continuous_axis(chart: Chart, plot: Plot) -> tuple[Scale, str]:
    """The scale and the ticks of a number or time axis; few times are labelled themselves."""
    values = sorted({x for series in chart.series for x, _ in series.points if isinstance(x, float)})
    low, high, inset = values[0], values[-1], 14.0
    room = max(2, int(plot.width / TICK_SPACING))
    if chart.x_kind == "number":
        ticks = number_ticks(low, high, min(room, 8))
        low, high = ticks[0].value, ticks[-1].value
    else:
        ticks = time_ticks(low, high, room) if high > low else []
        if len(ticks) < 2 or (chart.kind == "line" and len(values) <= room):
            ticks, inset = positions(values, room, chart.x_text), 40.0
    scale = Scale(low, high, plot.left + inset, plot.right - inset)
    return scale, element("g", *(tick_below(scale(tick.value), plot, tick) for tick in ticks))


def _tick(rank: int, name: str, room: float) -> Tick:
    return Tick(rank, shortened(name, room, TICK_SIZE))


def _thinning(needed: float, available: float) -> int:
    """Every how many labels have room."""
    return max(1, -(-int(needed) // max(int(available), 1)))
