"""Writes a self-contained HTML report: key figures, charts, a summary of every column and the first rows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean

from chart_build import heading
from chart_model import Chart
from dataset import Column, Dataset
from render import render
from scales import short_number, time_label
from svg import clean_text, element

MAX_FIGURES = 5
MAX_TABLE_COLUMNS = 60
MAX_SAMPLE_ROWS = 10
MAX_SAMPLE_COLUMNS = 12
MAX_CELL_CHARACTERS = 80
WIDE, NARROW = (1000, 440), (560, 380)

STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f4f6f9;color:#1f2937;
font:16px/1.55 Inter,'Segoe UI',system-ui,-apple-system,'Helvetica Neue',Arial,sans-serif}
main{max-width:1080px;margin:0 auto;padding:40px 24px 64px}
h1{font-size:2rem;line-height:1.2;margin:0 0 8px}
h2{font-size:1.2rem;margin:40px 0 16px}
.source{color:#566172;margin:0 0 24px}
.introduction p{max-width:70ch;margin:0 0 12px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:16px;margin:24px 0 0;padding:0}
.figures div,.chart,.scroll{background:#fff;border:1px solid #e1e6ed;border-radius:12px}
.figures div{padding:16px 20px}
.figures dt{color:#566172;font-size:.85rem}
.figures dd{margin:4px 0 0;font-size:1.6rem;font-weight:700;font-variant-numeric:tabular-nums}
.figures small{display:block;font-size:.8rem;font-weight:400;color:#566172}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:20px}
.chart{margin:0;padding:8px;overflow:hidden}
.chart:first-child{grid-column:1/-1}
.chart:nth-child(even):last-child{grid-column:1/-1}
.chart svg{display:block;width:100%;height:auto}
.chart figcaption{padding:4px 16px 12px;color:#566172;font-size:.85rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.88rem}
th,td{padding:9px 14px;text-align:left;border-bottom:1px solid #e9edf2;white-space:nowrap}
thead th{background:#f8fafc;color:#566172;font-weight:600}
tbody tr:last-child>*{border-bottom:0}
.number{text-align:right;font-variant-numeric:tabular-nums}
@media(max-width:760px){.charts{grid-template-columns:1fr}}
@media print{body{background:#fff}main{padding:0}.chart,.figures div{break-inside:avoid}}
"""


@dataclass
class Report:
    """What goes into a report besides the data."""

    title: str
    introduction: str
    charts: list[Chart]


def write_report(dataset: Dataset, report: Report) -> str:
    """The whole document; it loads nothing, runs nothing, and every text from the data is escaped."""
    head = element(
        "head",
        '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>",
        element("title", clean_text(report.title)),
        f"<style>{STYLE}</style>",
    )
    rows = f"{dataset.row_count:,} row{'s' if dataset.row_count != 1 else ''}"
    source = f"{dataset.name}, {rows}, {len(dataset.columns)} column{'s' if len(dataset.columns) != 1 else ''}"
    paragraphs = [element("p", clean_text(part.strip())) for part in report.introduction.split("\n\n") if part.strip()]
    body = element(
        "main",
        element(
            "header",
            element("h1", clean_text(report.title)),
            element("p", clean_text(source), class_="source"),
            element("div", *paragraphs, class_="introduction") if paragraphs else "",
            _figures(dataset),
        ),
        _section("Charts", _charts(report.charts)) if report.charts else "",
        _section("Columns", _summary_table(dataset)),
        _section(f"First {min(MAX_SAMPLE_ROWS, dataset.row_count)} rows", _sample_table(dataset)),
    )
    return f'<!DOCTYPE html>\n<html lang="en">{head}<body>{body}</body></html>\n'


def _section(title: str, content: str) -> str:
    return element("section", element("h2", clean_text(title)), content)


def _charts(charts: list[Chart]) -> str:
    """The first chart over the whole width, the others side by side, and the last one wide if it would stand alone."""
    figures = []
    for place, chart in enumerate(charts):
        is_wide = place == 0 or place == len(charts) - 1 and place % 2 == 1
        drawing = render(chart, *(WIDE if is_wide else NARROW), place)
        caption = element("figcaption", clean_text(chart.description()))
        figures.append(element("figure", drawing, caption, class_="chart"))
    return element("div", *figures, class_="charts")


def _figures(dataset: Dataset) -> str:
    """The size of the data, and the total and mean of the first measures."""
    cards = [_figure("Rows", f"{dataset.row_count:,}", "")]
    for column in [column for column in dataset.columns if column.is_measure and column.present][: MAX_FIGURES - 1]:
        values = _numbers(column)
        cards.append(
            _figure(
                f"{heading(column.name)}, total",
                short_number(math.fsum(values)),
                f"mean {short_number(fmean(values))}, highest {short_number(max(values))}",
            )
        )
    return element("dl", *cards, class_="figures")


def _figure(label: str, value: str, remark: str) -> str:
    small = element("small", clean_text(remark)) if remark else ""
    return element("div", element("dt", clean_text(label)), element("dd", clean_text(value), small))


def _summary_table(dataset: Dataset) -> str:
    header = ["Column", "Type", "Filled", "Distinct", "Lowest", "Mean", "Highest", "Most frequent"]
    rows = [_summary(column) for column in dataset.columns[:MAX_TABLE_COLUMNS]]
    return _table(header, rows, numeric={2, 3, 4, 5, 6})


def _summary(column: Column) -> list[str]:
    present = column.present
    filled = f"{len(present) / max(len(column.values), 1):.0%}"
    low, mean, high, frequent = "", "", "", ""
    if column.kind in ("number", "time") and present:
        numbers = _numbers(column)
        low, high = _value(column, min(numbers)), _value(column, max(numbers))
        mean = short_number(fmean(numbers)) if column.is_measure else ""
    elif present:
        counts: dict[float | str, int] = {}
        for value in present:
            counts[value] = counts.get(value, 0) + 1
        name, count = max(counts.items(), key=lambda item: item[1])
        frequent = f"{_cut(str(name))} ({count:,})"
    return [column.name, column.kind, filled, f"{column.distinct:,}", low, mean, high, frequent]


def _sample_table(dataset: Dataset) -> str:
    columns = dataset.columns[:MAX_SAMPLE_COLUMNS]
    rows = [
        [_cut(_value(column, column.values[index])) for column in columns]
        for index in range(min(MAX_SAMPLE_ROWS, dataset.row_count))
    ]
    numeric = {index for index, column in enumerate(columns) if column.kind == "number"}
    return _table([column.name for column in columns], rows, numeric)


def _table(header: list[str], rows: list[list[str]], numeric: set[int]) -> str:
    def cell(name: str, index: int, content: str, **attributes: object) -> str:
        return element(
            name, clean_text(content) or "&#160;", class_="number" if index in numeric else None, **attributes
        )

    head = element("tr", *(cell("th", index, name, scope="col") for index, name in enumerate(header)))
    body = [element("tr", *(cell("td", index, content) for index, content in enumerate(row))) for row in rows]
    table = element("table", element("thead", head), element("tbody", *body) if body else "")
    return element("div", table, class_="scroll", tabindex=0, role="region", aria_label=f"Table of {len(rows)} rows")


def _value(column: Column, value: float | str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if column.kind == "time":
        return time_label(value, 60.0 if value % 86400 else 86400.0)
    return short_number(value) if column.is_measure else format(value, ".15g")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL_CHARACTERS else text[:MAX_CELL_CHARACTERS] + "…"


def _numbers(column: Column) -> list[float]:
    return [value for value in column.present if isinstance(value, float)]
