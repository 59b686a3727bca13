"""Draws everything that has an x and a y axis; lines and points here, bars in their own file."""

from __future__ import annotations

from axes import TICK_SIZE, Plot, axis_title, category_axis, category_scale, continuous_axis, floor_of, value_axis
from bar_charts import histogram_bars, horizontal_bars, is_horizontal, vertical_bars
from chart_model import Chart
from frame import Frame
from scales import Scale, Tick, number_ticks, short_number
from svg import DASHES, LIGHT, STRONG, element, marker, shortened, text, text_width

MAX_MARKERS = 40
MAX_LARGE_POINTS = 300


def draw_axes_chart(chart: Chart, frame: Frame) -> str:
    """The drawing below the title: axes first, then the data, so that grid lines stay behind."""
    if chart.kind == "bar" and is_horizontal(chart):
        return horizontal_bars(chart, frame)
    ticks = _value_ticks(chart)
    left = frame.margin + max(text_width(tick.label, TICK_SIZE) for tick in ticks) + 10
    top = frame.top + (26 if chart.y_label else 6)
    plot = Plot(left, top, frame.width - frame.margin, floor_of(frame, chart.x_label))
    y = Scale(ticks[0].value, ticks[-1].value, plot.bottom, plot.top)
    label = shortened(chart.y_label, plot.right - frame.margin)
    return "".join(
        [
            text(label, frame.margin, frame.top + 10, 12, weight=600),
            value_axis(ticks, y, plot),
            _data(chart, frame, plot, y),
            axis_title(chart.x_label, plot, frame),
        ]
    )


def _value_ticks(chart: Chart) -> list[Tick]:
    """Ticks of the vertical axis; bars start at zero, and lines do where that does not flatten them."""
    values = [value for series in chart.series for _, value in series.points]
    low, high = min(values), max(values)
    if chart.kind in ("bar", "histogram") or (chart.kind == "line" and 0 <= low < 0.6 * high):
        low, high = min(low, 0.0), max(high, 0.0)
    return number_ticks(low, high, 5, whole=all(map(float.is_integer, values)))


def _data(chart: Chart, frame: Frame, plot: Plot, y: Scale) -> str:
    if chart.kind == "histogram":
        return histogram_bars(chart, frame, plot, y)
    if chart.x_kind == "category":
        axis = category_axis(chart, plot)
        if chart.kind == "bar":
            return axis + vertical_bars(chart, frame, plot, y)
        return axis + _lines(chart, frame, category_scale(chart, plot), y)
    x, axis = continuous_axis(chart, plot)
    return axis + (_points(chart, x, y) if chart.kind == "scatter" else _lines(chart, frame, x, y))


def _lines(chart: Chart, frame: Frame, x: Scale, y: Scale) -> str:
    """Lines with dashes and, while there are few points, markers; a single line stands on a fading ground."""
    ranks = {name: float(rank) for rank, name in enumerate(chart.categories)}
    parts = []
    for index, series in enumerate(chart.series):
        places = [(x(ranks[at] if isinstance(at, str) else at), y(value)) for at, value in series.points]
        path = "M" + " L".join(f"{a:.2f},{b:.2f}" for a, b in places)
        if len(chart.series) == 1 and len(places) > 1:
            floor = y(max(y.low, min(0.0, y.high)))
            ground = f"{path} L{places[-1][0]:.2f},{floor:.2f} L{places[0][0]:.2f},{floor:.2f} Z"
            parts.append(element("path", d=ground, fill=f"url(#{frame.prefix}-area)"))
        style = {"stroke_width": 2.4, "stroke_linejoin": "round", "stroke_linecap": "round"}
        dash = DASHES[index] or None
        parts.append(element("path", d=path, fill="none", stroke=STRONG[index], stroke_dasharray=dash, **style))
        if len(places) <= MAX_MARKERS:
            parts += [
                marker(index, a, b, 3.6, chart.tooltip(index, chart.x_text(at), value))
                for (a, b), (at, value) in zip(places, series.points, strict=True)
            ]
    return element("g", *parts)


def _points(chart: Chart, x: Scale, y: Scale) -> str:
    """Half-transparent markers, so that crowded places look darker."""
    radius = 4.2 if chart.point_count <= MAX_LARGE_POINTS else 2.6
    parts = []
    for index, series in enumerate(chart.series):
        style = {"fill": LIGHT[index], "fill_opacity": 0.75, "stroke_width": 1.2}
        for at, value in series.points:
            if isinstance(at, float):
                tooltip = f"{chart.x_text(at)}, {short_number(value)}"
                parts.append(marker(index, x(at), y(value), radius, tooltip, **style))
    return element("g", *parts)
