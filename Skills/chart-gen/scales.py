"""Maps values to positions and chooses round ticks for numbers and for times."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

EPOCH = datetime(1970, 1, 1)
HOUR, DAY = 3600.0, 86400.0
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Tick:
    """A position on an axis and its label; a second line of the label may hold the year."""

    value: float
    label: str
    second_line: str = ""


@dataclass(frozen=True)
class Scale:
    """A linear map from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.start + share * (self.end - self.start)


def nice_step(span: float, count: int) -> float:
    """The step of 1, 2, 2.5 or 5 times a power of ten that divides a span into about `count` parts."""
    raw = max(span, 1e-300) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if raw <= factor * power * (1 + 1e-9))


def number_ticks(low: float, high: float, count: int = 5, whole: bool = False) -> list[Tick]:
    """Round numbers from at or below `low` to at or above `high`."""
    if high <= low:
        margin = abs(low) * 0.5 or 1.0
        low, high = (0.0, high * 2 or 1.0) if low >= 0 else (low - margin, high + margin)
    step = nice_step(high - low, count)
    if whole:
        step = max(1.0, math.ceil(step))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    values = [index * step for index in range(first, last + 1)]
    return [Tick(value, label) for value, label in zip(values, number_labels(values, step), strict=True)]


def number_labels(values: list[float], step: float) -> list[str]:
    """Labels of one axis, all in the same unit and with the same number of decimals."""
    largest = max(map(abs, values), default=0.0)
    unit, suffix = next(
        ((unit, suffix) for unit, suffix in ((1e12, "T"), (1e9, "B"), (1e6, "M")) if largest >= unit), (1.0, "")
    )
    if largest >= 1e15 or 0 < largest < 1e-4:
        return [f"{value:.3g}" for value in values]
    scaled = step / unit
    decimals = next((digits for digits in range(9) if abs(round(scaled, digits) - scaled) < scaled * 1e-6), 9)
    return [f"{value / unit:,.{decimals}f}{suffix if value else ''}" for value in values]


def short_number(value: float) -> str:
    """A single number for people: grouped thousands, few decimals, M or B where it is large."""
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-4:
        return f"{value:.3g}"
    for unit, suffix in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if size >= unit:
            return f"{value / unit:,.2f}".rstrip("0").rstrip(".") + suffix
    decimals = 0 if size >= 1000 or float(value).is_integer() else 2 if size >= 1 else 4
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def time_value(moment: datetime) -> float:
    """Seconds since 1970 of a moment without time zone."""
    return (moment - EPOCH).total_seconds()


def moment_of(value: float) -> datetime:
    """The moment behind such a number of seconds."""
    return EPOCH + timedelta(seconds=value)


def time_label(value: float, resolution: float) -> str:
    """A time for people, as exact as the data: a year, a month, a day or a minute."""
    moment = moment_of(value)
    if resolution >= 300 * DAY and moment.month == 1 and moment.day == 1:
        return str(moment.year)
    if resolution >= 28 * DAY and moment.day == 1:
        return f"{MONTHS[moment.month - 1]} {moment.year}"
    day = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return day if resolution >= DAY and value % DAY == 0 else f"{day} {moment:%H:%M}"


def time_ticks(low: float, high: float, count: int) -> list[Tick]:
    """Calendar positions between two times, from minutes to centuries."""
    span = max(high - low, 1.0)
    years = span / (365.25 * DAY)
    if years > count * 0.9:
        every = max(1, int(nice_step(years, count)))
        first, last = moment_of(low).year, moment_of(high).year
        numbers = range(-(-first // every) * every, last + 1, every)
        return _within(
            [Tick(time_value(datetime(year, 1, 1)), str(year)) for year in numbers if 1 <= year <= 9999], low, high
        )
    for months in (1, 3, 6):
        if years * 12 / months <= count and span > 58 * DAY:
            return _month_ticks(low, high, months)
    if span > 58 * DAY:
        return _month_ticks(low, high, 6)
    for step in (60.0, 300.0, 900, 1800, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY):
        if span / step <= count:
            break
    first = math.ceil(low / step)
    values = [index * step for index in range(first, int(high // step) + 1)]
    return [Tick(value, *_day_label(value, step, value == values[0])) for value in values]


def positions(values: list[float], count: int, label: Callable[[float], str]) -> list[Tick]:
    """Ticks at data positions themselves, thinned to at most `count`."""
    every = max(1, math.ceil(len(values) / max(count, 1)))
    return [Tick(value, label(value)) for value in values[::every]]


def _month_ticks(low: float, high: float, step: int) -> list[Tick]:
    start = moment_of(low)
    ticks: list[Tick] = []
    month = start.year * 12 + -(-(start.month - 1) // step) * step
    while month // 12 <= min(moment_of(high).year, 9999):
        moment = datetime(month // 12, month % 12 + 1, 1)
        shows_year = moment.month == 1 or not ticks
        ticks.append(Tick(time_value(moment), MONTHS[moment.month - 1], str(moment.year) if shows_year else ""))
        month += step
    visible = _within(ticks, low, high)
    if visible and not visible[0].second_line:
        visible[0] = Tick(visible[0].value, visible[0].label, str(moment_of(visible[0].value).year))
    return visible


def _day_label(value: float, step: float, is_first: bool) -> tuple[str, str]:
    moment = moment_of(value)
    day = f"{moment.day} {MONTHS[moment.month - 1]}"
    if step >= DAY:
        return day, str(moment.year) if is_first else ""
    return f"{moment:%H:%M}", day if is_first or value % DAY == 0 else ""


def _within(ticks: list[Tick], low: float, high: float) -> list[Tick]:
    return [tick for tick in ticks if low <= tick.value <= high]
