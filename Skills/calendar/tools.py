"""Tools of the calendar skill: list, search, add, change and remove events of ICS files, and find free time."""

from __future__ import annotations

import re
import sys
import uuid
from copy import deepcopy
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent))

from answers import changed, conflicts, described, itself, searched_text  # noqa: E402
from calendar_file import CalendarFile, open_calendar, stamp  # noqa: E402
from content_lines import Component, Property, escaped  # noqa: E402
from events import Event, Occurrence, occurrences, read_event  # noqa: E402
from recurrence import WEEKDAYS, parse_rule  # noqa: E402
from zones import Moment, parse_input, requested_zone, time_property  # noqa: E402

__all__ = ["list_events", "search_events", "add_event", "update_event", "remove_event", "find_free_time"]

MAX_DAYS = 3_660
MAX_LISTED = 500
MAX_TEXT_CHARACTERS = 10_000
TEXTS = {"summary": "SUMMARY", "location": "LOCATION", "description": "DESCRIPTION"}


def list_events(path: str, start: str, end: str, time_zone: str = "UTC", max_events: int = 100) -> dict[str, Any]:
    """List the occurrences of all events within a period, recurring ones expanded."""
    _check_limit("max_events", max_events, MAX_LISTED)
    opened, zone = open_calendar(path), requested_zone(time_zone)
    found = occurrences(opened.events, *_period(start, end, zone), zone)
    return {
        "path": opened.path,
        "events": [described(occurrence, zone) for occurrence in found[:max_events]],
        "count": len(found),
        "truncated": len(found) > max_events,
        "problems": opened.problems[:20],
    }


def search_events(
    path: str,
    text: str,
    start: str | None = None,
    end: str | None = None,
    time_zone: str = "UTC",
    max_events: int = 50,
) -> dict[str, Any]:
    """Find events by words in their title, place, description or people; each series is given once."""
    _check_limit("max_events", max_events, MAX_LISTED)
    words = text.casefold().split()
    if not words:
        raise ValueError("text must hold at least one word.")
    if (start is None) != (end is None):
        raise ValueError("Give start and end together, or neither.")
    opened, zone = open_calendar(path), requested_zone(time_zone)
    matching = [event for event in opened.events if all(word in searched_text(event) for word in words)]
    if start is not None and end is not None:
        found = [described(occurrence, zone) for occurrence in occurrences(matching, *_period(start, end, zone), zone)]
    else:
        found = [described(itself(event, zone), zone) for event in matching]
    return {
        "path": opened.path,
        "events": found[:max_events],
        "count": len(found),
        "truncated": len(found) > max_events,
        "problems": opened.problems[:20],
    }


def add_event(
    path: str,
    summary: str,
    start: str,
    end: str | None = None,
    duration_minutes: int | None = None,
    time_zone: str = "UTC",
    location: str = "",
    description: str = "",
    recurrence: str | None = None,
    alarm_minutes: int | None = None,
) -> dict[str, Any]:
    """Add an event, and the calendar file when there is none; says which other events take the same time."""
    opened, zone = open_calendar(path, creates=True), requested_zone(time_zone)
    first = parse_input(start, zone, "start")
    component = Component("VEVENT", [Property("UID", f"{uuid.uuid4()}@calendar.invalid")])
    stamp(component, is_change=False)
    component.properties += [time_property("DTSTART", first), _end(first, end, duration_minutes, zone)]
    for name, value in (("summary", summary), ("location", location), ("description", description)):
        _set_text(component, name, value)
    if recurrence is not None:
        _set_rule(component, recurrence)
    if alarm_minutes is not None:
        component.components.append(_alarm(alarm_minutes, summary))
    event = read_event(component, opened.zones)
    before = list(opened.events)
    opened.calendar.components.append(component)
    opened.define_zone(first)
    saved = opened.write()
    return {**changed(saved, event, zone), "conflicts": conflicts(before, event, zone)}


def update_event(
    path: str,
    uid: str,
    occurrence: str | None = None,
    summary: str | None = None,
    start: str | None = None,
    end: str | None = None,
    duration_minutes: int | None = None,
    time_zone: str = "UTC",
    location: str | None = None,
    description: str | None = None,
    recurrence: str | None = None,
) -> dict[str, Any]:
    """Change what is given of an event; with `occurrence`, of this one time of a series only."""
    opened, zone = open_calendar(path), requested_zone(time_zone)
    series = opened.series(uid)
    event = series[0]
    if occurrence is not None:
        if recurrence is not None:
            raise ValueError("A single occurrence has no recurrence; leave occurrence out to change the series.")
        event = _single(opened, series, occurrence, zone)
    component = event.component
    if start is not None or end is not None or duration_minutes is not None:
        _move(opened, event, start, end, duration_minutes, zone)
    for name, value in (("summary", summary), ("location", location), ("description", description)):
        if value is not None:
            _set_text(component, name, value)
    if recurrence is not None:
        _set_rule(component, recurrence)
    stamp(component, is_change=True)
    event = read_event(component, opened.zones)
    others = [other for other in opened.events if other.uid != uid]
    return {**changed(opened.write(), event, zone), "conflicts": conflicts(others, event, zone)}


def remove_event(path: str, uid: str, occurrence: str | None = None, time_zone: str = "UTC") -> dict[str, Any]:
    """Remove an event with all its occurrences, or one occurrence of a series."""
    opened, zone = open_calendar(path), requested_zone(time_zone)
    series = opened.series(uid)
    summary = series[0].text("SUMMARY")
    if occurrence is None:
        opened.remove(*(event.component for event in series))
    else:
        found = _found_occurrence(series, occurrence, zone)
        main = series[0]
        if found.event.occurrence is not None:
            opened.remove(found.event.component)
        excluded = time_property("EXDATE", Moment(found.original, main.start.is_date, main.start.zone))
        excluded.parameters = _same_zone(excluded, main)
        main.component.properties.append(excluded)
        stamp(main.component, is_change=True)
    return {"path": opened.write(), "uid": uid, "summary": summary, "removed": "occurrence" if occurrence else "event"}


def find_free_time(
    paths: list[str],
    start: str,
    end: str,
    duration_minutes: int,
    time_zone: str = "UTC",
    day_start: str = "09:00",
    day_end: str = "17:00",
    weekdays: list[str] | None = None,
    max_slots: int = 20,
) -> dict[str, Any]:
    """Find the times within working hours at which none of the calendars is busy."""
    _check_limit("max_slots", max_slots, MAX_LISTED)
    _check_limit("duration_minutes", duration_minutes, 24 * 60)
    zone = requested_zone(time_zone)
    begin, finish = _period(start, end, zone)
    opening, closing = _clock(day_start, "day_start"), _clock(day_end, "day_end")
    if opening >= closing:
        raise ValueError("day_start must be before day_end.")
    wanted = [WEEKDAYS.index(_weekday(day)) for day in (weekdays or WEEKDAYS[:5])]
    busy: list[tuple[datetime, datetime]] = []
    problems: list[str] = []
    for path in paths:
        opened = open_calendar(path)
        problems += [f"{opened.path}: {problem}" for problem in opened.problems]
        busy += [
            (occurrence.start, occurrence.end)
            for occurrence in occurrences(opened.events, begin, finish, zone)
            if occurrence.event.is_busy and occurrence.end > occurrence.start
        ]
    busy.sort()
    slots: list[tuple[datetime, datetime]] = []
    day = begin.astimezone(zone).date()
    while day <= finish.astimezone(zone).date() and len(slots) <= max_slots:
        if day.weekday() in wanted:
            hours = (
                max(datetime.combine(day, opening, zone), begin),
                min(datetime.combine(day, closing, zone), finish),
            )
            slots += _gaps(hours, busy, timedelta(minutes=duration_minutes))
        day += timedelta(days=1)
    return {
        "slots": [
            {
                "start": one.astimezone(zone).isoformat(),
                "end": other.astimezone(zone).isoformat(),
                "minutes": int((other - one).total_seconds() // 60),
            }
            for one, other in slots[:max_slots]
        ],
        "truncated": len(slots) > max_slots,
        "problems": problems[:20],
    }


def _period(start: str, end: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants of a period; a date as its end means the whole of that day."""
    one, other = parse_input(start, zone, "start"), parse_input(end, zone, "end")
    begin, finish = one.instant(zone), (other.local + timedelta(days=other.is_date)).replace(tzinfo=zone)
    if not timedelta() < finish - begin <= timedelta(days=MAX_DAYS):
        raise ValueError(f"end must be after start, and at most {MAX_DAYS} days later.")
    return begin, finish


def _end(first: Moment, end: str | None, minutes: int | None, zone: ZoneInfo) -> Property:
    if end is not None and minutes is not None:
        raise ValueError("Give end or duration_minutes, not both.")
    if minutes is not None:
        _check_limit("duration_minutes", minutes, 525_600)
        if first.is_date:
            raise ValueError("An event that starts with a date lasts whole days; give end as the last day.")
        last = Moment(first.local + timedelta(minutes=minutes), False, first.zone)
    elif end is None:
        hours = timedelta(days=1) if first.is_date else timedelta(hours=1)
        last = Moment(first.local + hours, first.is_date, first.zone)
    else:
        last = parse_input(end, zone, "end")
        if last.is_date != first.is_date:
            raise ValueError("start and end must both be dates, for whole days, or both be times.")
        # People name the last day of an event; the file holds the day after it.
        last.local += timedelta(days=last.is_date)
    if last.local <= first.local:
        raise ValueError("The event would end before it starts.")
    return time_property("DTEND", last)


def _set_text(component: Component, name: str, value: str) -> None:
    if len(value) > MAX_TEXT_CHARACTERS or re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", value):
        raise ValueError(f"{name} must be a text of at most {MAX_TEXT_CHARACTERS} characters.")
    if name == "summary" and not value.strip():
        raise ValueError("summary must not be empty.")
    component.replace(TEXTS[name], *([Property(TEXTS[name], escaped(value))] if value else []))


def _set_rule(component: Component, rule: str) -> None:
    """Set the recurrence rule; an empty text ends the recurrence."""
    if rule:
        parse_rule(rule)
    value = rule.strip().upper().removeprefix("RRULE:")
    component.replace("RRULE", *([Property("RRULE", value)] if rule else []))


def _alarm(minutes: int, summary: str) -> Component:
    if not 0 <= minutes <= 40_320:
        raise ValueError("alarm_minutes must be between 0 and 40320 (four weeks).")
    lines = [("ACTION", "DISPLAY"), ("DESCRIPTION", escaped(summary)), ("TRIGGER", f"-PT{minutes}M")]
    return Component("VALARM", [Property(*line) for line in lines])


def _single(opened: CalendarFile, series: list[Event], occurrence: str, zone: ZoneInfo) -> Event:
    """The component of one occurrence: the one that was changed before, or a new one made from the series."""
    found = _found_occurrence(series, occurrence, zone)
    if found.event.occurrence is not None:
        return found.event
    main = series[0]
    component = deepcopy(main.component)
    for name in ("RRULE", "RDATE", "EXDATE", "DTEND", "DURATION", "DTSTART"):
        component.replace(name)
    original = time_property("RECURRENCE-ID", Moment(found.original, main.start.is_date, main.start.zone))
    original.parameters = _same_zone(original, main)
    first = Property("DTSTART", original.value, dict(original.parameters))
    last = time_property("DTEND", Moment(found.original + main.length, main.start.is_date, main.start.zone))
    last.parameters = dict(original.parameters)
    component.properties += [original, first, last]
    opened.calendar.components.append(component)
    return read_event(component, opened.zones)


def _move(
    opened: CalendarFile, event: Event, start: str | None, end: str | None, minutes: int | None, zone: ZoneInfo
) -> None:
    component = event.component
    first = parse_input(start, zone, "start") if start is not None else event.start
    if event.rule and start is not None and component.every("EXDATE"):
        raise ValueError("This series has removed occurrences that a new start would bring back; remove and add it.")
    if end is None and minutes is None:
        if first.is_date != event.start.is_date:
            raise ValueError("Give end as well when an event changes between whole days and a time of day.")
        last = time_property("DTEND", Moment(first.local + event.length, first.is_date, first.zone))
    elif start is None and end is None:
        last = time_property("DTEND", Moment(first.local + timedelta(minutes=minutes or 0), False, first.zone))
        if first.is_date or not minutes or minutes < 1:
            raise ValueError("duration_minutes must be at least 1, and whole days end with a date.")
    else:
        anchor = first
        if start is None and not first.is_date:
            anchor = Moment(first.instant(zone).astimezone(zone).replace(tzinfo=None), False, zone)
        last = _end(anchor, end, minutes, zone)
    if start is not None:
        component.replace("DTSTART", time_property("DTSTART", first))
        opened.define_zone(first)
    elif end is None:
        last.parameters = _same_zone(last, event)
    component.replace("DURATION")
    component.replace("DTEND", last)
    if last.parameters.get("TZID") == zone.key:
        opened.define_zone(Moment(first.local, False, zone))


def _same_zone(found: Property, event: Event) -> dict[str, str]:
    """Name the zone as the event does, also where only the file knows it."""
    start = event.component.first("DTSTART")
    if found.value.endswith("Z") and start is not None and "TZID" in start.parameters:
        found.value = found.value.removesuffix("Z")
    return {name: value for name, value in (start.parameters if start else {}).items() if name in ("TZID", "VALUE")}


def _found_occurrence(series: list[Event], occurrence: str, zone: ZoneInfo) -> Occurrence:
    wanted = parse_input(occurrence, zone, "occurrence")
    if not any(event.rule or event.occurrence or event.component.first("RDATE") for event in series):
        raise ValueError("This event takes place only once; leave occurrence out.")
    instant = wanted.instant(zone)
    day = timedelta(days=1)
    for found in occurrences(series, instant - day, instant + 2 * day, zone):
        same_day = wanted.is_date and found.start.astimezone(zone).date() == wanted.local.date()
        if found.start == instant or same_day:
            return found
    raise FileNotFoundError(f"The series does not take place at {occurrence}; list_events shows when it does.")


def _gaps(
    hours: tuple[datetime, datetime], busy: list[tuple[datetime, datetime]], least: timedelta
) -> list[tuple[datetime, datetime]]:
    """What is left of some hours between the busy times, as long as it is long enough."""
    free, (cursor, end) = [], hours
    for one, other in busy:
        if other <= cursor or one >= end:
            continue
        if one - cursor >= least:
            free.append((cursor, one))
        cursor = max(cursor, other)
    if end - cursor >= least:
        free.append((cursor, end))
    return free


def _clock(text: str, name: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = time(tzinfo=UTC)
    if found.tzinfo is not None:
        raise ValueError(f"{name} must be a time of day such as 09:00, without an offset.")
    return found


def _weekday(text: str) -> str:
    day = text.strip().upper()[:2]
    if day not in WEEKDAYS:
        raise ValueError(f"'{text}' is not a weekday; use {', '.join(WEEKDAYS)}.")
    return day


def _check_limit(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise ValueError(f"{name} must be between 1 and {most}.")
