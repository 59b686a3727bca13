"""Writes a chart as one self-contained, accessible SVG document."""

from __future__ import annotations

import hashlib

from axis_charts import draw_axes_chart
from bar_charts import preferred_height
from chart_model import Chart
from frame import Frame, header
from pie_chart import draw_pie_chart
from svg import FONT, LIGHT, PAPER, clean_text, element, patterns

MIN_WIDTH, MAX_WIDTH = 320, 2_000
MIN_HEIGHT, MAX_HEIGHT = 240, 1_600


def render(chart: Chart, width: int = 800, height: int = 450, place: int = 0) -> str:
    """Draw a chart; the same chart always gives the same bytes.

    Its identifiers differ from those of other charts, and from its own at another `place` of the same page.
    """
    if not (MIN_WIDTH <= width <= MAX_WIDTH and MIN_HEIGHT <= height <= MAX_HEIGHT):
        raise ValueError(f"width must be {MIN_WIDTH} to {MAX_WIDTH} and height {MIN_HEIGHT} to {MAX_HEIGHT} pixels.")
    description = chart.description()
    prefix = "chart-" + hashlib.sha256(repr((chart, width, height, place)).encode("utf-8", "replace")).hexdigest()[:10]
    tall = min(preferred_height(chart, height), MAX_HEIGHT)
    frame = Frame(float(width), float(tall), prefix)
    head = header(chart, frame)
    body = draw_pie_chart(chart, frame) if chart.kind == "pie" else draw_axes_chart(chart, frame)
    filled = len(chart.categories) if chart.kind == "pie" else len(chart.series)
    return element(
        "svg",
        element("title", clean_text(chart.title), id=f"{prefix}-title"),
        element("desc", clean_text(description), id=f"{prefix}-description"),
        element("defs", patterns(prefix, filled), _area(prefix)),
        element("rect", width="100%", height="100%", fill=PAPER, rx=10),
        head,
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {frame.width:.0f} {frame.height:.0f}",
        width=int(frame.width),
        height=int(frame.height),
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-description",
        font_family=FONT,
        style="max-width:100%;height:auto",
    )


def _area(prefix: str) -> str:
    """The fading ground below a single line."""
    stops = [
        element("stop", offset=offset, stop_color=LIGHT[0], stop_opacity=opacity)
        for offset, opacity in ((0, 0.75), (1, 0.08))
    ]
    return element("linearGradient", *stops, id=f"{prefix}-area", x1=0, y1=0, x2=0, y2=1)
