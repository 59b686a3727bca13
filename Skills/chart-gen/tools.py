"""Tools of the chart-gen skill: suggest and draw charts, and build visual reports, from CSV files."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from chart_build import build_chart, chart_of_values, heading  # noqa: E402
from chart_model import Chart  # noqa: E402
from chart_plan import complete, suggest  # noqa: E402
from dataset import Dataset, read_dataset  # noqa: E402
from render import render  # noqa: E402
from report import Report, write_report  # noqa: E402
from workspace import relative_name, save, workspace_path  # noqa: E402

__all__ = ["suggest_charts", "create_chart", "plot_values", "build_report"]

MAX_REPORT_CHARTS = 12
DEFAULT_REPORT_CHARTS = 5
MAX_LABELS = 500
MAX_TITLE_CHARACTERS = 300
MAX_INTRODUCTION_CHARACTERS = 20_000
SPECIFICATION = {"kind", "x", "y", "series", "aggregate", "title"}


def suggest_charts(path: str) -> dict[str, Any]:
    """Say which charts suit a CSV file, best first, and why."""
    dataset = read_dataset(path)
    suggestions = [
        {"kind": plan.kind, "x": plan.x, "y": list(plan.y), "series": plan.series, "reason": plan.reason}
        for plan in suggest(dataset)
    ]
    columns = [{"name": column.name, "type": column.kind} for column in dataset.columns]
    return {
        "path": relative_name(workspace_path(path)),
        "row_count": dataset.row_count,
        "columns": columns,
        "suggestions": suggestions,
    }


def create_chart(
    path: str,
    kind: str | None = None,
    x: str | None = None,
    y: str | list[str] | None = None,
    series: str | None = None,
    aggregate: str | None = None,
    title: str | None = None,
    width: int = 800,
    height: int = 450,
    output: str | None = None,
) -> dict[str, Any]:
    """Draw a chart of a CSV file as an SVG image; whatever is left out is inferred from the data."""
    dataset = read_dataset(path)
    plan = complete(dataset, kind, x, y, series, aggregate)
    chart = build_chart(dataset, replace(plan, title=_title(title)))
    saved = save(render(chart, width, height).encode(), output, f"{Path(path).stem}-{plan.kind}.svg")
    return {**_described(chart), "path": saved, "x": plan.x, "y": list(plan.y), "series": plan.series}


def plot_values(
    labels: list[str],
    series: dict[str, list[float | None]],
    kind: str = "bar",
    title: str | None = None,
    width: int = 800,
    height: int = 450,
    output: str | None = None,
) -> dict[str, Any]:
    """Draw a chart of values that are given in the call, without a file."""
    if kind not in ("bar", "line", "pie"):
        raise ValueError("kind must be bar, line or pie.")
    if not 1 <= len(labels) <= MAX_LABELS or not 1 <= len(series) <= 8:
        raise ValueError(
            f"Give 1 to {MAX_LABELS} labels and 1 to 8 series; for more, write a CSV file and create_chart."
        )
    for name, values in series.items():
        if len(values) != len(labels):
            raise ValueError(f"The series '{name}' has {len(values)} values for {len(labels)} labels.")
    chart = chart_of_values(kind, labels, series, _title(title))
    stem = re.sub(r"[^\w]+", "-", chart.title.lower()).strip("-")[:60] or "chart"
    return {**_described(chart), "path": save(render(chart, width, height).encode(), output, f"{stem}.svg")}


def build_report(
    path: str,
    title: str | None = None,
    introduction: str | None = None,
    charts: list[dict[str, Any]] | None = None,
    output: str | None = None,
) -> dict[str, Any]:
    """Write an HTML report on a CSV file, with key figures, charts and tables, in a single file."""
    if len(introduction or "") > MAX_INTRODUCTION_CHARACTERS:
        raise ValueError(f"introduction may have at most {MAX_INTRODUCTION_CHARACTERS} characters.")
    dataset = read_dataset(path)
    drawn = _requested(dataset, charts) if charts else _suggested(dataset)
    report = Report(_title(title) or f"{heading(dataset.name)} report", introduction or "", drawn)
    content = write_report(dataset, report).encode()
    return {
        "path": save(content, output, f"{Path(path).stem}-report.html"),
        "title": report.title,
        "bytes": len(content),
        "row_count": dataset.row_count,
        "charts": [_described(chart) for chart in drawn],
    }


def _requested(dataset: Dataset, charts: list[dict[str, Any]]) -> list[Chart]:
    if len(charts) > MAX_REPORT_CHARTS:
        raise ValueError(f"A report has at most {MAX_REPORT_CHARTS} charts.")
    built = []
    for number, wish in enumerate(charts, start=1):
        unknown = set(wish) - SPECIFICATION
        if unknown:
            known = ", ".join(sorted(SPECIFICATION))
            raise ValueError(f"Chart {number}: {', '.join(sorted(unknown))} is not understood; use {known}.")
        try:
            plan = complete(dataset, *(wish.get(key) for key in ("kind", "x", "y", "series", "aggregate")))
            built.append(build_chart(dataset, replace(plan, title=_title(wish.get("title")))))
        except ValueError as error:
            raise ValueError(f"Chart {number}: {error}") from None
    return built


def _suggested(dataset: Dataset) -> list[Chart]:
    """The suggested charts that can be drawn; data may be odd enough for one of them to fail."""
    built: list[Chart] = []
    for plan in suggest(dataset)[:DEFAULT_REPORT_CHARTS]:
        try:
            built.append(build_chart(dataset, plan))
        except ValueError:
            continue
    return built


def _described(chart: Chart) -> dict[str, Any]:
    return {
        "kind": chart.kind,
        "title": chart.title,
        "description": chart.description(),
        "point_count": chart.point_count,
    }


def _title(title: str | None) -> str:
    words = " ".join((title or "").split())
    if len(words) > MAX_TITLE_CHARACTERS:
        raise ValueError(f"A title may have at most {MAX_TITLE_CHARACTERS} characters.")
    return words
