"""Turns a plan and a dataset into a chart: aggregates, orders, bins and bounds the values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from statistics import fmean, median

from chart_model import Chart, Series, X
from chart_plan import Plan
from dataset import Column, Dataset, category_rank
from scales import DAY, nice_step, number_labels, short_number, time_label
from svg import MAX_SERIES

MAX_BARS = 20
MAX_ORDERED_BARS = 100
MAX_SLICES = 7
MAX_LINE_POINTS = 1_000
MAX_SCATTER_POINTS = 3_000
MAX_BINS = 30
OTHER = "Other"
REDUCE: dict[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "mean": fmean,
    "median": median,
    "min": min,
    "max": max,
    "count": len,
}
WORDS = {
    "sum": "Total",
    "mean": "Mean",
    "median": "Median",
    "min": "Lowest",
    "max": "Highest",
    "count": "Number of rows",
}


def build_chart(dataset: Dataset, plan: Plan) -> Chart:
    """Compute what a plan shows; a ValueError says why a dataset cannot be shown that way."""
    if plan.kind == "histogram":
        return _histogram(dataset, plan)
    if plan.kind == "scatter":
        return _scatter(dataset, plan)
    axis = dataset.column(plan.x)
    grouped, repeats = _grouped(dataset, plan, axis)
    series = [Series(name, list(points.items())) for name, points in grouped.items() if points]
    if not series:
        raise ValueError(f"There are no values to show for '{plan.x}'; check the columns.")
    what = heading(" and ".join(map(_lower, plan.y))) if plan.y else "Number of rows"
    is_reduced = repeats and plan.y and plan.aggregate != "count"
    summary = f"{WORDS[plan.aggregate]} {_lower(what)}" if is_reduced else what
    subtitle = f"{summary} by {_lower(plan.x)}" + (f" and {_lower(plan.series)}" if plan.series else "")
    chart = Chart(
        plan.kind,
        plan.title or subtitle,
        subtitle if plan.title else "",
        heading(plan.x),
        what if len(plan.y) < 2 else "",
        _x_kind(axis),
        series,
        resolution=_resolution(axis),
    )
    _limit_series(chart)
    if plan.kind == "pie":
        return _as_pie(chart)
    return _as_bars(chart, axis, plan) if plan.kind == "bar" else _as_lines(chart, axis)


def chart_of_values(kind: str, labels: list[str], series: dict[str, list[float | None]], title: str | None) -> Chart:
    """A chart of values that are given directly."""
    names = [str(label) for label in labels]
    if len(set(names)) < len(names):
        raise ValueError("labels must be unique.")
    built = [
        Series(name, [(label, float(value)) for label, value in zip(names, values, strict=True) if value is not None])
        for name, values in series.items()
    ]
    if not all(one.points for one in built):
        raise ValueError("Each series needs at least one value.")
    y_label = built[0].name if len(built) == 1 else ""
    chart = Chart(
        kind, title or heading(_listed([one.name for one in built])), "", "", y_label, "category", built, names
    )
    return _as_pie(chart) if kind == "pie" else chart


def _grouped(dataset: Dataset, plan: Plan, axis: Column) -> tuple[dict[str, dict[X, float]], bool]:
    """Values by series and position, and whether any position stands for more than one row."""
    buckets: dict[str, dict[X, list[float]]] = {}
    split = dataset.column(plan.series).values if plan.series else None
    measures = [dataset.column(name) for name in plan.y]
    measures = measures or [Column("Number of rows", "number", [1.0] * dataset.row_count)]
    for measure in measures:
        for index, (position, value) in enumerate(zip(axis.values, measure.values, strict=True)):
            if position is None or value is None:
                continue
            name = heading(measure.name) if split is None else _as_text(split[index])
            number = value if isinstance(value, float) else 1.0
            buckets.setdefault(name, {}).setdefault(_position(axis, position), []).append(number)
    repeats = any(len(values) > 1 for points in buckets.values() for values in points.values())
    reduce = REDUCE[plan.aggregate]
    return {
        name: {position: float(reduce(values)) for position, values in points.items()}
        for name, points in buckets.items()
    }, repeats


def _position(axis: Column, value: float | str) -> X:
    """Years are written without thousands separators, so they count as categories that happen to be ordered."""
    return str(int(value)) if axis.is_year and isinstance(value, float) else value


def _x_kind(axis: Column) -> str:
    return "category" if axis.is_year or axis.kind not in ("number", "time") else axis.kind


def _limit_series(chart: Chart) -> None:
    """Keep the largest series when there are more than can be told apart."""
    if len(chart.series) > MAX_SERIES:
        chart.notes.append(f"The {MAX_SERIES} largest of {len(chart.series)} series are shown.")
        largest = sorted(chart.series, key=lambda one: -math.fsum(abs(value) for _, value in one.points))[:MAX_SERIES]
        chart.series = [one for one in chart.series if one in largest]


def _as_lines(chart: Chart, axis: Column) -> Chart:
    if chart.x_kind == "category":
        chart.categories = _ordered(axis, {str(x) for one in chart.series for x, _ in one.points})
        ranks = {name: rank for rank, name in enumerate(chart.categories)}
        for one in chart.series:
            one.points.sort(key=lambda point: ranks[str(point[0])])
    for one in chart.series:
        if chart.x_kind != "category":
            one.points.sort()
        if len(one.points) > MAX_LINE_POINTS:
            chart.notes.append(f"{one.name} is thinned from {len(one.points)} points; extremes are kept.")
            one.points = _thinned(one.points)
    return chart


def _as_bars(chart: Chart, axis: Column, plan: Plan) -> Chart:
    """Ordered positions keep their order; others are sorted by size, and the small ones are put together."""
    is_ordered = chart.x_kind != "category" or axis.is_year or axis.is_ordered_category
    positions = list(dict.fromkeys(x for one in chart.series for x, _ in one.points))
    if is_ordered:
        if len(positions) > MAX_ORDERED_BARS:
            raise ValueError(
                f"'{plan.x}' has {len(positions)} values, too many for bars; use a line chart or histogram."
            )
        names = {position: chart.x_text(position) for position in positions}
        if chart.x_kind == "category":
            chart.categories = _ordered(axis, {str(position) for position in positions})
        else:
            chart.categories = list(dict.fromkeys(names[position] for position in sorted(positions)))
        chart.series = [Series(one.name, [(names[x], value) for x, value in one.points]) for one in chart.series]
    else:
        sizes: dict[X, float] = dict.fromkeys(positions, 0.0)
        for one in chart.series:
            for x, value in one.points:
                sizes[x] += value
        chart.categories = [str(name) for name in sorted(positions, key=lambda position: -sizes[position])]
        if len(chart.categories) > MAX_BARS:
            _fold(chart, MAX_BARS - 1, can_add=plan.aggregate in ("sum", "count"))
    chart.x_kind = "category"
    return chart


def _as_pie(chart: Chart) -> Chart:
    points = [(chart.x_text(x), value) for x, value in chart.series[0].points]
    if len(chart.series) > 1 or any(value < 0 for _, value in points) or not math.fsum(value for _, value in points):
        raise ValueError("A pie chart needs one series of values that are not negative and not all zero; use bars.")
    chart.series[0].points = sorted(points, key=lambda point: -point[1])
    chart.categories = [str(name) for name, _ in chart.series[0].points]
    if len(points) > MAX_SLICES:
        _fold(chart, MAX_SLICES - 1, can_add=True)
    chart.x_kind = "category"
    return chart


def _fold(chart: Chart, kept: int, can_add: bool) -> None:
    """Keep the first categories and add up the others, or leave them out where adding makes no sense."""
    shown, rest = chart.categories[:kept], set(chart.categories[kept:])
    other = OTHER if OTHER not in shown else "All other"
    for one in chart.series:
        small = [value for x, value in one.points if x in rest]
        one.points = [(x, value) for x, value in one.points if x not in rest]
        if can_add and small:
            one.points.append((other, math.fsum(small)))
    chart.categories = shown + ([other] if can_add else [])
    chart.notes.append(
        f"{other} adds up {len(rest)} more values."
        if can_add
        else f"The first {kept} of {kept + len(rest)} values are shown."
    )


def _histogram(dataset: Dataset, plan: Plan) -> Chart:
    column = dataset.column(plan.x)
    values = sorted(value for value in column.present if isinstance(value, float))
    if not values:
        raise ValueError(f"'{plan.x}' has no numbers to show.")
    low, high = values[0], values[-1]
    quarter = len(values) // 4
    spread = values[-1 - quarter] - values[quarter] or high - low
    wanted = (high - low) / (2 * spread / len(values) ** (1 / 3)) if spread else 1
    step = nice_step((high - low) or 1.0, round(min(1.3 * max(wanted, math.log2(len(values)) + 1), MAX_BINS)))
    if all(value.is_integer() for value in values):
        step = max(1.0, math.ceil(step))
    first = math.floor(low / step)
    counts = [0] * (int(high / step - first) + 1)
    for value in values:
        counts[min(max(int(value / step - first), 0), len(counts) - 1)] += 1
    edges = number_labels([(first + index) * step for index in range(len(counts) + 1)], step)
    labels = [f"{edges[index]} – {edges[index + 1]}" for index in range(len(counts))]
    points: list[tuple[X, float]] = [(label, float(count)) for label, count in zip(labels, counts, strict=True)]
    subtitle = f"Distribution of {_lower(plan.x)}"
    chart = Chart(
        "histogram",
        plan.title or subtitle,
        subtitle if plan.title else "",
        heading(plan.x),
        "Number of rows",
        "category",
        [Series("Number of rows", points)],
        edges,
    )
    chart.notes.append(f"Median {short_number(median(values))}, mean {short_number(fmean(values))}.")
    return chart


def _scatter(dataset: Dataset, plan: Plan) -> Chart:
    axis, measure = dataset.column(plan.x), dataset.column(plan.y[0])
    split = dataset.column(plan.series).values if plan.series else None
    points: dict[str, list[tuple[X, float]]] = {}
    for index, (x, y) in enumerate(zip(axis.values, measure.values, strict=True)):
        if x is not None and isinstance(y, float):
            points.setdefault(heading(measure.name) if split is None else _as_text(split[index]), []).append((x, y))
    if not points:
        raise ValueError(f"No row has both '{plan.x}' and '{plan.y[0]}'.")
    subtitle = f"{heading(measure.name)} against {_lower(plan.x)}"
    subtitle += f" by {_lower(plan.series)}" if plan.series else ""
    chart = Chart(
        "scatter",
        plan.title or subtitle,
        subtitle if plan.title else "",
        heading(plan.x),
        heading(measure.name),
        "time" if axis.kind == "time" else "number",
        [Series(name, found) for name, found in points.items()],
        resolution=_resolution(axis),
    )
    _limit_series(chart)
    total = chart.point_count
    if total > MAX_SCATTER_POINTS:
        every = math.ceil(total / MAX_SCATTER_POINTS)
        chart.series = [Series(one.name, one.points[::every]) for one in chart.series]
        chart.notes.append(f"Every {every}th of {total} points is shown.")
    return chart


def _ordered(axis: Column, names: set[str]) -> list[str]:
    """Months and weekdays in their order, years by number, anything else in the order of the file."""
    if axis.is_year:
        return sorted(names, key=int)
    in_file = [name for name in dict.fromkeys(_as_text(value) for value in axis.values) if name in names]
    return sorted(in_file, key=lambda name: category_rank(name) or 0) if axis.is_ordered_category else in_file


def _thinned(points: list[tuple[X, float]]) -> list[tuple[X, float]]:
    """Keep the lowest and the highest point of each stretch, so that the shape and the extremes survive."""
    size = math.ceil(len(points) / (MAX_LINE_POINTS / 2))
    kept: list[tuple[X, float]] = []
    for start in range(0, len(points), size):
        stretch = range(start, min(start + size, len(points)))
        ends = {min(stretch, key=lambda at: points[at][1]), max(stretch, key=lambda at: points[at][1])}
        kept += [points[at] for at in sorted(ends)]
    return kept


def _resolution(axis: Column) -> float:
    """How exact the times of a column are, in seconds."""
    if axis.kind != "time":
        return DAY
    times = [value for value in axis.present if isinstance(value, float)]
    return next((size for size in (365 * DAY, 28 * DAY, DAY) if all(_fits(value, size) for value in times)), 60.0)


def _fits(value: float, resolution: float) -> bool:
    label = time_label(value, resolution)
    return ":" not in label and len(label.split()) == {365 * DAY: 1, 28 * DAY: 2}.get(resolution, len(label.split()))


def _as_text(value: float | str | None) -> str:
    return "(empty)" if value is None else short_number(value) if isinstance(value, float) else value


def heading(name: str) -> str:
    """A column or file name as the beginning of a heading."""
    words = _words(name)
    return words[:1].upper() + words[1:]


def _listed(names: list[str]) -> str:
    """Up to three names in words, and how many more there are."""
    shown = names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _lower(name: str) -> str:
    """A name inside a sentence; abbreviations keep their capitals."""
    words = _words(name)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _words(name: str) -> str:
    """Separators of technical names read as blanks; the points and hyphens of numbers stay."""
    return re.sub(r"(?<=[^\W\d])[._-](?=[^\W\d])", " ", name.replace("_", " "))
