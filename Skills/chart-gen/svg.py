"""Escaped SVG elements, and the look that all charts share: light colours, patterns, dashes and markers."""

from __future__ import annotations

import math
import re
from html import escape

FONT = "Inter, 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
INK, MUTED, GRID, AXIS, PAPER = "#1f2937", "#566172", "#e6eaf0", "#98a2b3", "#ffffff"
# Each series has a strong and a light tone of one colour, told apart by people with colour-vision deficiencies, and is
# also told apart without any colour by its dash, its marker and its pattern.
STRONG = ("#2f6fb0", "#c2640e", "#1b8068", "#a33d7a", "#857111", "#6352ad", "#4b6173", "#b0413a")
LIGHT = ("#a9cdef", "#f8c897", "#9fdccb", "#ebb5d5", "#e9dc8c", "#c9c1ef", "#bdcad5", "#f3b4ad")
DASHES = ("", "8 4", "2 4", "12 4 2 4", "5 3", "14 5", "3 6", "10 3 3 3 3 3")
MAX_SERIES = len(STRONG)
_PATTERNS = (
    "",
    "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
    "dots",
    "M0,4 h8",
    "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",
    "M0,4 h8 M4,0 v8",
    "M4,0 v8",
    "rings",
)
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: object) -> str:
    """Escape a text for XML and HTML, without characters that XML does not allow."""
    return escape(_UNSAFE.sub("", str(text)), quote=True)


def element(name: str, *children: str, **attributes: object) -> str:
    """An element with ready-made children; underscores in attribute names become hyphens, null attributes vanish."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{clean_text(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(children)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(content: object, x: float, y: float, size: float = 12, **attributes: object) -> str:
    """A line of text; `anchor` and `weight` are the usual text-anchor and font-weight."""
    anchor, weight = attributes.pop("anchor", None), attributes.pop("weight", None)
    attributes.setdefault("fill", MUTED)
    return element(
        "text", clean_text(content), x=x, y=y, font_size=size, text_anchor=anchor, font_weight=weight, **attributes
    )


def mark(name: str, tooltip: str, **attributes: object) -> str:
    """A data mark that explains itself to a pointer and to a screen reader."""
    return element(name, *([element("title", clean_text(tooltip))] if tooltip else []), **attributes)


def text_width(content: str, size: float) -> float:
    """About how wide a text will be; fonts differ, so leave some room."""
    return sum(_character_width(character) for character in content) * size * 1.05


def shortened(content: object, width: float, size: float = 12) -> str:
    """Cut a text so that it fits a width, with an ellipsis."""
    words = " ".join(_UNSAFE.sub("", str(content)).split())
    if text_width(words, size) <= width:
        return words
    while words and text_width(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(content: str, width: float, size: float, lines: int) -> list[str]:
    """Break a text into at most so many lines; the last one is shortened."""
    result: list[str] = []
    rest = _UNSAFE.sub("", content).split()
    while rest and len(result) < lines - 1:
        line = rest.pop(0)
        while rest and text_width(f"{line} {rest[0]}", size) <= width:
            line += " " + rest.pop(0)
        result.append(shortened(line, width, size))
    return result + ([shortened(" ".join(rest), width, size)] if rest else [])


def pattern_id(prefix: str, index: int) -> str:
    """The identifier of the pattern of a series."""
    return f"{prefix}-fill-{index % MAX_SERIES}"


def patterns(prefix: str, count: int) -> str:
    """Definitions of the fills of the first series; the first is plain."""
    definitions = []
    for index in range(min(count, MAX_SERIES)):
        lines = {"stroke": STRONG[index], "stroke_width": 1.3, "fill": "none", "opacity": 0.55}
        shape = _PATTERNS[index]
        if shape == "dots":
            drawn = element("circle", cx=4, cy=4, r=1.5, fill=STRONG[index], opacity=0.55)
        elif shape == "rings":
            drawn = element("circle", cx=4, cy=4, r=2, **lines)
        else:
            drawn = element("path", d=shape, **lines) if shape else ""
        ground = element("rect", width=8, height=8, fill=LIGHT[index])
        definitions.append(
            element(
                "pattern", ground, drawn, id=pattern_id(prefix, index), width=8, height=8, patternUnits="userSpaceOnUse"
            )
        )
    return "".join(definitions)


def marker(index: int, x: float, y: float, radius: float, tooltip: str = "", **attributes: object) -> str:
    """The marker of a series: circle, square, triangle, diamond and so on."""
    style = {"fill": PAPER, "stroke": STRONG[index % MAX_SERIES], "stroke_width": 1.8, **attributes}
    shape = index % 6
    if shape == 0:
        return mark("circle", tooltip, cx=x, cy=y, r=radius, **style)
    if shape == 1:
        side = radius * 1.8
        return mark("rect", tooltip, x=x - side / 2, y=y - side / 2, width=side, height=side, **style)
    corners, turn, size = {2: (3, -90, 1.35), 3: (4, -90, 1.3), 4: (3, 90, 1.35), 5: (6, -90, 1.2)}[shape]
    points = [
        (
            x + radius * size * math.cos(math.radians(turn + 360 * step / corners)),
            y + radius * size * math.sin(math.radians(turn + 360 * step / corners)),
        )
        for step in range(corners)
    ]
    return mark("polygon", tooltip, points=" ".join(f"{a:.2f},{b:.2f}" for a, b in points), **style)


def _number(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def _character_width(character: str) -> float:
    if character in "iljtfrI.,:;'|!()[] -":
        return 0.34
    if character in "mwMW@%—":
        return 0.9
    if ord(character) > 0x2E80:
        return 1.0
    return 0.7 if character.isupper() else 0.58
