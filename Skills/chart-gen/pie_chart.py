"""Draws shares of a whole as a ring, with a list that gives name, value and share of each slice."""

from __future__ import annotations

import math

from chart_model import Chart
from frame import Frame
from scales import short_number
from svg import INK, MAX_SERIES, MUTED, PAPER, STRONG, element, mark, pattern_id, shortened, text, text_width

ROW = 30.0
HOLE = 0.58
MIN_LABELLED_SHARE = 0.05


def draw_pie_chart(chart: Chart, frame: Frame) -> str:
    """A ring on the left, starting at twelve o'clock with the largest slice, and the list on the right."""
    points = [(str(name), value) for name, value in chart.series[0].points]
    total = math.fsum(value for _, value in points)
    list_width = min(frame.width * 0.46, 320.0)
    room_x, room_y = frame.width - list_width - 3 * frame.margin, frame.height - frame.top - frame.margin
    radius = max(min(room_x, room_y) / 2 - 8, 24)
    center_x, center_y = frame.margin + room_x / 2, frame.top + room_y / 2
    parts, start = [], 0.0
    for index, (name, value) in enumerate(points):
        share = value / total
        tooltip = f"{name}: {short_number(value)} ({share:.1%})"
        parts.append(
            mark(
                "path",
                tooltip,
                d=_slice(center_x, center_y, radius, start, share),
                stroke=PAPER,
                stroke_width=2.5,
                fill=f"url(#{pattern_id(frame.prefix, index)})",
                stroke_linejoin="round",
                fill_rule="evenodd",
            )
        )
        start += share
    parts += _labels(points, total, center_x, center_y, radius)
    parts.append(
        text(
            shortened(short_number(total), radius * HOLE * 1.8, 22),
            center_x,
            center_y + 4,
            22,
            anchor="middle",
            fill=INK,
            weight=700,
        )
    )
    parts.append(text("total", center_x, center_y + 22, 12, anchor="middle"))
    parts.append(_list(points, total, frame, frame.width - frame.margin - list_width, center_y, list_width))
    return element("g", *parts)


def _slice(x: float, y: float, radius: float, start: float, share: float) -> str:
    """The outline of one slice; a whole ring is made of two halves, because an arc cannot end where it starts."""
    if share > 0.9999:
        return f"{_slice(x, y, radius, 0, 0.5)} {_slice(x, y, radius, 0.5, 0.5)}"
    inner, large = radius * HOLE, int(share > 0.5)
    (ax, ay), (bx, by) = _on_circle(x, y, radius, start), _on_circle(x, y, radius, start + share)
    (cx, cy), (dx, dy) = _on_circle(x, y, inner, start + share), _on_circle(x, y, inner, start)
    return (
        f"M{ax:.2f},{ay:.2f} A{radius:.2f},{radius:.2f} 0 {large} 1 {bx:.2f},{by:.2f} "
        f"L{cx:.2f},{cy:.2f} A{inner:.2f},{inner:.2f} 0 {large} 0 {dx:.2f},{dy:.2f} Z"
    )


def _on_circle(x: float, y: float, radius: float, share: float) -> tuple[float, float]:
    angle = 2 * math.pi * share - math.pi / 2
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def _labels(points: list[tuple[str, float]], total: float, x: float, y: float, radius: float) -> list[str]:
    """The share inside each slice that is wide enough, on a light ground so that patterns do not disturb it."""
    parts, start = [], 0.0
    for _, value in points:
        share = value / total
        if share >= MIN_LABELLED_SHARE and radius > 60:
            at_x, at_y = _on_circle(x, y, radius * (1 + HOLE) / 2, start + share / 2)
            label = f"{share:.0%}"
            width = text_width(label, 12) + 12
            parts.append(
                element(
                    "rect",
                    x=at_x - width / 2,
                    y=at_y - 10,
                    width=width,
                    height=20,
                    rx=10,
                    fill=PAPER,
                    fill_opacity=0.88,
                )
            )
            parts.append(text(label, at_x, at_y + 4.2, 12, anchor="middle", fill=INK, weight=700))
        start += share
    return parts


def _list(points: list[tuple[str, float]], total: float, frame: Frame, x: float, center_y: float, width: float) -> str:
    parts = []
    row = min(ROW, (frame.height - frame.top - frame.margin) / len(points))
    top = center_y - row * (len(points) - 1) / 2
    for index, (name, value) in enumerate(points):
        y = top + index * row
        figures = f"{short_number(value)}  ·  {value / total:.1%}"
        parts.append(
            element(
                "rect",
                x=x,
                y=y - 9,
                width=18,
                height=14,
                rx=3,
                stroke=STRONG[index % MAX_SERIES],
                stroke_width=1.2,
                fill=f"url(#{pattern_id(frame.prefix, index)})",
            )
        )
        parts.append(text(shortened(name, width - 38 - text_width(figures, 12), 13), x + 28, y + 3, 13, fill=INK))
        parts.append(text(figures, x + width, y + 3, 12, anchor="end", fill=MUTED))
    return element("g", *parts)
