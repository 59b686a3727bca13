"""Recurrence rules (RFC 5545, 3.3.10): the dates a rule makes from its first date, in local time."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FREQUENCIES = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]
EXPANDED = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
MAX_PERIODS = 20_000
# After so many periods without a date a rule is taken to make no more; the rarest real ones (a Monday that is a
# 29 February) come every 28 or 40 years.
MAX_EMPTY_PERIODS = {"DAILY": 15_000, "WEEKLY": 2_200, "MONTHLY": 600, "YEARLY": 300}
MAX_COUNT = 100_000


@dataclass
class Rule:
    """A rule, checked; `until` is as it was written, because its meaning depends on the time zone of the event."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str | None = None
    days: list[tuple[int, int]] = field(default_factory=list)
    month_days: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    week_start: int = 0


def parse_rule(text: str) -> Rule:
    """Read a rule such as FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE; raise ValueError for what is wrong or not supported."""
    parts: dict[str, str] = {}
    for piece in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, mark, value = piece.partition("=")
        if not mark or not value or name in parts:
            raise ValueError(f"'{text[:100]}' is not a recurrence rule, such as FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10.")
        parts[name] = value
    unknown = sorted(set(parts) - PARTS)
    if unknown:
        raise ValueError(f"The recurrence part {unknown[0]} is not supported; there are {', '.join(sorted(PARTS))}.")
    frequency = parts.get("FREQ", "")
    if frequency not in EXPANDED:
        raise ValueError(f"FREQ must be one of {', '.join(EXPANDED)}, not '{frequency}'.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("A recurrence rule has COUNT or UNTIL, not both.")
    if "UNTIL" in parts and not re.fullmatch(r"\d{8}(T\d{6}Z?)?", parts["UNTIL"]):
        raise ValueError(f"UNTIL={parts['UNTIL']} must be a date such as 20261231 or a time such as 20261231T120000Z.")
    rule = Rule(frequency, until=parts.get("UNTIL"))
    rule.interval = _numbers(parts.get("INTERVAL", "1"), "INTERVAL", 1, 10_000)[0]
    rule.count = _numbers(parts["COUNT"], "COUNT", 1, MAX_COUNT)[0] if "COUNT" in parts else None
    rule.month_days = _numbers(parts.get("BYMONTHDAY"), "BYMONTHDAY", 1, 31, signed=True)
    rule.months = _numbers(parts.get("BYMONTH"), "BYMONTH", 1, 12)
    rule.positions = _numbers(parts.get("BYSETPOS"), "BYSETPOS", 1, 366, signed=True)
    rule.days = [_weekday(day, frequency) for day in parts["BYDAY"].split(",")] if "BYDAY" in parts else []
    rule.week_start = _weekday(parts.get("WKST", "MO"), "WEEKLY")[1]
    if rule.positions and not (rule.days or rule.month_days or rule.months):
        raise ValueError("BYSETPOS needs another part to choose from, such as BYDAY.")
    if frequency == "WEEKLY" and rule.month_days:
        raise ValueError("BYMONTHDAY does not go with FREQ=WEEKLY.")
    return rule


def dates_of(rule: Rule, start: date) -> Iterator[date]:
    """The dates of a rule from its first date on, in order; COUNT and UNTIL are left to the caller."""
    last = None
    empty = 0
    for index in range(MAX_PERIODS):
        if empty > MAX_EMPTY_PERIODS[rule.frequency]:
            return
        empty += 1
        try:
            candidates = sorted(set(_period(rule, start, index)))
        except (OverflowError, ValueError):
            return
        if rule.positions:
            size = len(candidates)
            places = [place - 1 if place > 0 else size + place for place in rule.positions]
            candidates = [candidates[place] for place in sorted(set(places)) if 0 <= place < size]
        for found in candidates:
            if found >= start and (last is None or found > last):
                last, empty = found, 0
                yield found


def times_of(rule: Rule, start: datetime, is_after_end: Callable[[datetime], bool]) -> Iterator[datetime]:
    """The local start times of a rule; the first time counts even where it does not fit the rule."""
    made = 0
    first = True
    for found in dates_of(rule, start.date()):
        moment = datetime.combine(found, start.timetz())
        if first and moment != start:
            made += 1
            yield start
        first = False
        if (rule.count is not None and made >= rule.count) or is_after_end(moment):
            return
        made += 1
        yield moment
    if first:
        yield start


def _period(rule: Rule, start: date, index: int) -> Iterator[date]:
    """The dates of one year, month, week or day."""
    step = index * rule.interval
    if rule.frequency == "DAILY":
        day = start + timedelta(days=step)
        if _fits(rule, day, days=True, month_days=True):
            yield day
    elif rule.frequency == "WEEKLY":
        monday = start - timedelta(days=(start.weekday() - rule.week_start) % 7) + timedelta(weeks=step)
        wanted = {day for _, day in rule.days} or {start.weekday()}
        for offset in range(7):
            day = monday + timedelta(days=offset)
            if day.weekday() in wanted and _fits(rule, day):
                yield day
    elif rule.frequency == "MONTHLY":
        month = start.year * 12 + start.month - 1 + step
        year, month = month // 12, month % 12 + 1
        if not rule.months or month in rule.months:
            yield from _month(rule, year, month, start.day)
    else:
        yield from _year(rule, start, start.year + step)


def _year(rule: Rule, start: date, year: int) -> Iterator[date]:
    if rule.days and not rule.months and not rule.month_days:
        yield from _weekdays(rule.days, date(year, 1, 1), date(year, 12, 31))
        return
    months = rule.months or (range(1, 13) if rule.month_days or rule.days else [start.month])
    for month in months:
        yield from _month(rule, year, month, start.day)


def _month(rule: Rule, year: int, month: int, default_day: int) -> Iterator[date]:
    length = calendar.monthrange(year, month)[1]
    if rule.month_days:
        numbers = {day if day > 0 else length + 1 + day for day in rule.month_days}
        days = [date(year, month, day) for day in sorted(numbers) if 1 <= day <= length]
        if rule.days:
            allowed = set(_weekdays(rule.days, date(year, month, 1), date(year, month, length)))
            days = [day for day in days if day in allowed]
        yield from days
    elif rule.days:
        yield from _weekdays(rule.days, date(year, month, 1), date(year, month, length))
    elif default_day <= length:
        yield date(year, month, default_day)


def _weekdays(days: list[tuple[int, int]], first: date, last: date) -> Iterator[date]:
    """Every such weekday between two dates, or with a number the n-th of them from the start or the end."""
    for number, weekday in days:
        start = first + timedelta(days=(weekday - first.weekday()) % 7)
        found = [start + timedelta(weeks=week) for week in range((last - start).days // 7 + 1)]
        if number == 0:
            yield from found
        elif abs(number) <= len(found):
            yield found[number - 1 if number > 0 else number]


def _fits(rule: Rule, day: date, days: bool = False, month_days: bool = False) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if days and rule.days and day.weekday() not in {weekday for _, weekday in rule.days}:
        return False
    if month_days and rule.month_days:
        length = calendar.monthrange(day.year, day.month)[1]
        return day.day in rule.month_days or day.day - length - 1 in rule.month_days
    return True


def _numbers(text: str | None, name: str, least: int, most: int, signed: bool = False) -> list[int]:
    if text is None:
        return []
    numbers = []
    for piece in text.split(","):
        if not re.fullmatch(r"[+-]?\d{1,6}", piece) or not least <= (abs(int(piece)) if signed else int(piece)) <= most:
            raise ValueError(f"{name}={text[:50]} must be numbers from {least} to {most}.")
        numbers.append(int(piece))
    return numbers


def _weekday(text: str, frequency: str) -> tuple[int, int]:
    match = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text)
    number = int(match[1] or 0) if match else 0
    if match is None or (match[1] and (number == 0 or frequency not in ("MONTHLY", "YEARLY") or abs(number) > 53)):
        raise ValueError(f"'{text[:20]}' is not a weekday such as MO, or with FREQ=MONTHLY or YEARLY -1FR.")
    return number, WEEKDAYS.index(match[2])
