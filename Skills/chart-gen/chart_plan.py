"""Chooses charts that suit a dataset, and fills in whatever a request leaves open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chart_model import KINDS
from dataset import Column, Dataset

MAX_CATEGORIES = 30
MAX_SPLIT = 6
MAX_SHARES = 7
AGGREGATES = ("sum", "mean", "median", "min", "max", "count")


@dataclass(frozen=True)
class Plan:
    """Which columns a chart shows and how; an empty `y` counts rows."""

    kind: str
    x: str
    y: tuple[str, ...] = ()
    series: str | None = None
    aggregate: str = "sum"
    title: str = ""
    reason: str = ""


def suggest(dataset: Dataset) -> list[Plan]:
    """The most telling charts for a dataset, best first; there always is at least one."""
    measures = [column for column in dataset.columns if column.is_measure and column.present]
    axis = _time_axis(dataset)
    category = _category(dataset)
    plans: list[Plan] = []
    if axis and measures:
        split = _split(dataset, axis)
        together = [measures[0]] if split else _comparable(measures)
        plans.append(
            Plan(
                "line",
                axis.name,
                _names(together),
                split.name if split else None,
                reason=f"'{axis.name}' is a time axis, so a line shows the development.",
            )
        )
    if category and measures:
        plans.append(
            Plan(
                "bar",
                category.name,
                (measures[0].name,),
                reason=f"Bars compare '{measures[0].name}' between the values of '{category.name}'.",
            )
        )
        if (
            2 <= category.distinct <= MAX_SHARES
            and all(value >= 0 for value in _numbers(measures[0]))
            and plans[0].kind == "line"
        ):
            plans.append(
                Plan(
                    "pie",
                    category.name,
                    (measures[0].name,),
                    reason=f"'{category.name}' has few values, so shares of the whole are readable.",
                )
            )
    if len(measures) >= 2 and dataset.row_count >= 8:
        plans.append(
            Plan(
                "scatter",
                measures[0].name,
                (measures[1].name,),
                reason=f"Points show whether '{measures[0].name}' and '{measures[1].name}' are related.",
            )
        )
    if measures and (dataset.row_count >= 12 or not plans):
        plans.append(
            Plan(
                "histogram",
                measures[0].name,
                (),
                reason=f"A histogram shows how the values of '{measures[0].name}' are spread.",
            )
        )
    if not measures:
        column = category or axis or dataset.columns[0]
        plans.append(
            Plan(
                "bar",
                column.name,
                (),
                aggregate="count",
                reason=f"There is nothing to add up, so rows are counted by '{column.name}'.",
            )
        )
    return plans


def complete(
    dataset: Dataset,
    kind: str | None,
    x: str | None,
    y: str | list[str] | None,
    series: str | None,
    aggregate: str | None,
) -> Plan:
    """Keep what was asked for and infer the rest."""
    if kind is not None and kind not in KINDS:
        raise ValueError(f"'{kind}' is not a kind of chart; use {', '.join(KINDS)}.")
    if aggregate is not None and aggregate not in AGGREGATES:
        raise ValueError(f"'{aggregate}' is not an aggregate; use {', '.join(AGGREGATES)}.")
    wanted_y = tuple(dataset.column(name).name for name in ([y] if isinstance(y, str) else y or []))
    wanted_x = dataset.column(x).name if x else None
    suggestions = suggest(dataset)
    plan = next((plan for plan in suggestions if kind in (None, plan.kind) and wanted_x in (None, plan.x)), None)
    if plan is None or wanted_y or wanted_x:
        plan = _fitted(dataset, kind, wanted_x, wanted_y, plan)
    if series:
        plan = replace(plan, series=dataset.column(series).name, y=plan.y[:1])
    if aggregate:
        plan = replace(plan, aggregate=aggregate, y=() if aggregate == "count" and not wanted_y else plan.y)
    _check(dataset, plan)
    return plan


def _fitted(dataset: Dataset, kind: str | None, x: str | None, y: tuple[str, ...], base: Plan | None) -> Plan:
    """Build a plan around the columns that were named."""
    axis = dataset.column(x) if x else None
    measures = [column for column in dataset.columns if column.is_measure and column.name != x]
    if kind is None:
        kind = _kind(dataset, axis, y, measures)
    if kind == "histogram":
        return Plan(kind, x or (y[0] if y else _first(measures, dataset).name))
    if kind == "scatter":
        first = axis or next((column for column in measures if column.name not in y), measures[0] if measures else None)
        rest = [column for column in measures if first and column.name != first.name]
        if first is None or not (y or rest):
            raise ValueError("A scatter chart needs two columns of numbers; choose another kind, or name x and y.")
        return Plan(kind, first.name, y or (rest[0].name,))
    if axis is None:
        fitting = {"line": _time_axis(dataset) or _category(dataset), "bar": _category(dataset) or _time_axis(dataset)}
        axis = fitting.get(kind, _category(dataset)) or next(
            (column for column in dataset.columns if column.name not in y and column.present), dataset.columns[0]
        )
        measures = [column for column in measures if column.name != axis.name]
    names = y or _names(measures[:1])
    same = base is not None and base.kind == kind and base.x == axis.name and base.y == names
    return Plan(kind, axis.name, names, base.series if base and same else None, "sum" if names else "count")


def _kind(dataset: Dataset, axis: Column | None, y: tuple[str, ...], measures: list[Column]) -> str:
    axis = axis or _time_axis(dataset) or _category(dataset)
    if axis is None or axis.is_measure:
        return "scatter" if y or measures else "histogram"
    return "line" if (axis.kind == "time" or axis.is_year) and (y or measures) else "bar"


def _check(dataset: Dataset, plan: Plan) -> None:
    needs_numbers = plan.y if plan.aggregate != "count" else ()
    numeric_x = (plan.x,) if plan.kind in ("histogram", "scatter") else ()
    for name in needs_numbers + numeric_x:
        column = dataset.column(name)
        if column.kind != "number" and not (plan.kind == "scatter" and name == plan.x and column.kind == "time"):
            raise ValueError(f"'{name}' holds no numbers ({column.kind}); a {plan.kind} chart cannot show it there.")
    if plan.kind == "pie" and len(plan.y) > 1:
        raise ValueError("A pie chart shows one column; name one y.")
    if plan.series and plan.kind in ("pie", "histogram"):
        raise ValueError(f"A {plan.kind} chart has no series; use a bar or line chart.")


def _time_axis(dataset: Dataset) -> Column | None:
    candidates = [column for column in dataset.columns if column.distinct > 1]
    return next((column for column in candidates if column.kind == "time"), None) or next(
        (column for column in candidates if column.is_year), None
    )


def _category(dataset: Dataset) -> Column | None:
    """The category that splits the rows best: few values, and each of them more than a name of one row."""
    candidates = [column for column in dataset.columns if column.kind == "category" and column.distinct > 1]
    few = [column for column in candidates if column.distinct <= MAX_CATEGORIES]
    repeated = [column for column in few if column.distinct < len(column.present)]
    return next(iter(repeated or few), None)


def _split(dataset: Dataset, axis: Column) -> Column | None:
    """A category worth a line of its own for each value: when times repeat and the category tells the rows apart."""
    if axis.distinct == len(axis.present):
        return None
    for column in dataset.columns:
        if column.kind == "category" and 2 <= column.distinct <= MAX_SPLIT:
            pairs = set(zip(axis.values, column.values, strict=True))
            if len(pairs) >= 0.8 * min(dataset.row_count, axis.distinct * column.distinct):
                return column
    return None


def _comparable(measures: list[Column]) -> list[Column]:
    """The measures that can share an axis with the first one without flattening it."""
    reference = max(map(abs, _numbers(measures[0])), default=0.0)
    fitting = [
        column for column in measures if reference / 4 <= max(map(abs, _numbers(column)), default=0.0) <= reference * 4
    ]
    return fitting[:4] or measures[:1]


def _first(measures: list[Column], dataset: Dataset) -> Column:
    for column in [*measures, *(column for column in dataset.columns if column.kind == "number")]:
        return column
    raise ValueError("A histogram needs a column of numbers; there is none.")


def _numbers(column: Column) -> list[float]:
    return [value for value in column.present if isinstance(value, float)]


def _names(columns: list[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)
