"""Times of a calendar file: dates, times in a zone, in UTC or without a zone, and the zones the file defines."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from content_lines import Component, Property
from recurrence import WEEKDAYS, parse_rule, times_of

# Files of other programs define zones from 1601 on; further out, adding a zone or a duration would overflow.
EARLIEST_YEAR, LATEST_YEAR = 1600, 9000
FIRST_INPUT_YEAR, LAST_INPUT_YEAR = 1900, 2500
DURATION = re.compile(r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")


@dataclass
class Moment:
    """A value of DTSTART and the like: a date, or a wall-clock time with its zone (None means wherever one is)."""

    local: datetime
    is_date: bool = False
    zone: tzinfo | FileZone | None = None

    def at(self, local: datetime, floating: tzinfo) -> datetime:
        """The instant of a wall-clock time in this zone."""
        if isinstance(self.zone, FileZone):
            return local.replace(tzinfo=timezone(self.zone.offset(local)))
        return local.replace(tzinfo=self.zone or floating)

    def instant(self, floating: tzinfo) -> datetime:
        """The instant of this moment; dates and floating times are read in the given zone."""
        return self.at(self.local, floating)


class FileZone:
    """A zone that only the file knows: the offsets of its VTIMEZONE."""

    def __init__(self, component: Component) -> None:
        self.parts = [_Observance(part) for part in component.components if part.name in ("STANDARD", "DAYLIGHT")]
        if not self.parts:
            raise ValueError("A VTIMEZONE of the calendar has no offsets.")

    def offset(self, local: datetime) -> timedelta:
        """The offset from UTC that holds at a wall-clock time."""
        latest, found = None, min(self.parts, key=lambda part: part.start).before
        for part in self.parts:
            onset = part.latest_onset(local)
            if onset is not None and (latest is None or onset > latest):
                latest, found = onset, part.offset
        return found


class _Observance:
    def __init__(self, component: Component) -> None:
        start = component.first("DTSTART")
        if start is None:
            raise ValueError("A VTIMEZONE of the calendar has an offset without DTSTART.")
        self.start = read_local(start.value)[0]
        self.before = _offset(component, "TZOFFSETFROM")
        self.offset = _offset(component, "TZOFFSETTO")
        rule = component.first("RRULE")
        fixed = [read_local(value)[0] for found in component.every("RDATE") for value in found.value.split(",")]
        self.onsets = sorted([self.start, *fixed])
        self.more: Iterator[datetime] = iter(())
        if rule:
            parsed = parse_rule(rule.value)
            until = read_local(parsed.until)[0] if parsed.until else datetime.max
            self.more = times_of(parsed, self.start, lambda moment: moment > until)

    def latest_onset(self, local: datetime) -> datetime | None:
        """The last change at or before a wall-clock time; the rule is followed only as far as was ever asked."""
        while self.onsets[-1] <= local:
            following = next(self.more, None)
            if following is None:
                break
            insort(self.onsets, following)
        place = bisect_right(self.onsets, local)
        return self.onsets[place - 1] if place else None


class Zones:
    """Finds the zone behind a TZID: the system's, by the name in it, else what the file defines."""

    def __init__(self, calendars: list[Component]) -> None:
        self.defined: dict[str, Component] = {}
        for calendar in calendars:
            for component in calendar.components:
                identifier = component.first("TZID") if component.name == "VTIMEZONE" else None
                if identifier:
                    self.defined[identifier.text] = component
        self.known: dict[str, tzinfo | FileZone] = {}

    def find(self, identifier: str) -> tzinfo | FileZone:
        """The zone of a TZID; raise ValueError for one that nobody knows."""
        if identifier not in self.known:
            self.known[identifier] = self._found(identifier)
        return self.known[identifier]

    def moment(self, found: Property) -> Moment:
        """Read the value of a property such as DTSTART."""
        local, is_date, is_utc = read_time(found.value)
        if is_date or is_utc:
            return Moment(local, is_date, UTC if is_utc else None)
        identifier = found.parameters.get("TZID")
        return Moment(local, False, self.find(identifier) if identifier else None)

    def _found(self, identifier: str) -> tzinfo | FileZone:
        component = self.defined.get(identifier)
        location = component.first("X-LIC-LOCATION") if component else None
        parts = identifier.strip("/").split("/")
        for name in [identifier, location.text if location else "", "/".join(parts[-2:]), "/".join(parts[-3:])]:
            zone = system_zone(name)
            if zone is not None:
                return zone
        if component is None:
            raise ValueError(f"The calendar uses the time zone '{identifier[:60]}' without defining it.")
        return FileZone(component)


def system_zone(name: str) -> ZoneInfo | None:
    """A zone of the IANA database, such as Europe/Rome."""
    try:
        return ZoneInfo(name) if re.fullmatch(r"[A-Za-z][\w+-]*(/[\w+-]+)*", name) else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def requested_zone(name: str) -> ZoneInfo:
    """The zone that a caller names."""
    zone = system_zone(name)
    if zone is None:
        raise ValueError(f"'{name[:60]}' is not a time zone; use an IANA name such as Europe/Rome, or UTC.")
    return zone


def read_time(value: str) -> tuple[datetime, bool, bool]:
    """Read 20260501, 20260501T140000 or 20260501T120000Z: the wall-clock time, whether a date, whether in UTC."""
    match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?", value.strip())
    if match is None:
        raise ValueError(f"'{value[:40]}' is not a date or time of a calendar.")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"'{value[:40]}' lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}.")
    return datetime(year, month, day, hour, minute, min(second, 59)), match[4] is None, bool(match[7])


def read_local(value: str) -> tuple[datetime, bool]:
    """A wall-clock time, and whether it is in UTC."""
    local, _, is_utc = read_time(value)
    return local, is_utc


def read_duration(value: str) -> timedelta:
    """Read a duration such as PT1H30M or P2D."""
    match = DURATION.fullmatch(value.strip())
    if match is None or value.strip().endswith(("P", "T")):
        raise ValueError(f"'{value[:40]}' is not a duration such as PT1H30M.")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length


def parse_input(text: str, zone: ZoneInfo, name: str) -> Moment:
    """Read what a caller gives: 2026-05-01, 2026-05-01T14:00, or a time with its own offset."""
    try:
        is_date = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()) is not None
        moment = datetime.fromisoformat(text.strip())
    except (ValueError, AttributeError):
        raise ValueError(f"{name} must be a date (2026-05-01) or a time (2026-05-01T14:00), not '{text}'.") from None
    if not FIRST_INPUT_YEAR <= moment.year <= LAST_INPUT_YEAR:
        raise ValueError(f"{name} must lie in the years {FIRST_INPUT_YEAR} to {LAST_INPUT_YEAR}, not '{text}'.")
    if moment.tzinfo is not None:
        moment = moment.astimezone(zone)
    local = moment.replace(tzinfo=None, microsecond=0)
    if is_date:
        return Moment(local, True)
    if local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ValueError(f"{name} {text} does not exist in {zone.key}: the clocks go forward then.")
    return Moment(local, False, zone)


def time_property(name: str, moment: Moment) -> Property:
    """Write a moment as a property."""
    if moment.is_date:
        return Property(name, f"{moment.local:%Y%m%d}", {"VALUE": "DATE"})
    if isinstance(moment.zone, ZoneInfo) and moment.zone.key != "UTC":
        return Property(name, f"{moment.local:%Y%m%dT%H%M%S}", {"TZID": moment.zone.key})
    return Property(name, f"{moment.local:%Y%m%dT%H%M%S}{'Z' if moment.zone is not None else ''}")


def zone_component(zone: ZoneInfo, year: int) -> Component:
    """A VTIMEZONE with the changes that a zone makes each year, so that other programs know it."""
    component = Component("VTIMEZONE", [Property("TZID", zone.key)])
    changes = list(_changes(zone, year))
    if not changes:
        at = datetime(year, 1, 1, tzinfo=zone)
        offset = _offset_text(at.utcoffset() or timedelta())
        lines = [("DTSTART", f"{year}0101T000000"), ("TZOFFSETFROM", offset), ("TZOFFSETTO", offset)]
        component.components.append(Component("STANDARD", [Property(*line) for line in lines]))
    for local, before, after, is_daylight in changes:
        number = -1 if (local + timedelta(days=7)).month != local.month else (local.day - 1) // 7 + 1
        rule = f"FREQ=YEARLY;BYMONTH={local.month};BYDAY={number}{WEEKDAYS[local.weekday()]}"
        lines = [
            ("DTSTART", f"{local:%Y%m%dT%H%M%S}"),
            ("TZOFFSETFROM", _offset_text(before)),
            ("TZOFFSETTO", _offset_text(after)),
            ("RRULE", rule),
        ]
        kind = "DAYLIGHT" if is_daylight else "STANDARD"
        component.components.append(Component(kind, [Property(*line) for line in lines]))
    return component


def _changes(zone: ZoneInfo, year: int) -> Iterator[tuple[datetime, timedelta, timedelta, bool]]:
    """The changes of a year: wall-clock time before the change, offsets before and after, whether to summer time."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    for day in range(366):
        one, other = start + timedelta(days=day), start + timedelta(days=day + 1)
        before = one.astimezone(zone).utcoffset() or timedelta()
        if before == other.astimezone(zone).utcoffset():
            continue
        low, high = 0, 24 * 60
        while high - low > 1:
            middle = (low + high) // 2
            moment = (one + timedelta(minutes=middle)).astimezone(zone)
            low, high = (middle, high) if moment.utcoffset() == before else (low, middle)
        change = one + timedelta(minutes=high)
        after = change.astimezone(zone)
        local = (change + before).replace(tzinfo=None)
        yield local, before, after.utcoffset() or timedelta(), bool(after.dst())


def _offset(component: Component, name: str) -> timedelta:
    found = component.first(name)
    match = re.fullmatch(r"([+-])(\d{2})(\d{2})(\d{2})?", found.value.strip()) if found else None
    if match is None:
        raise ValueError(f"A VTIMEZONE of the calendar has no readable {name}.")
    length = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    if length >= timedelta(hours=24):
        raise ValueError(f"A VTIMEZONE of the calendar has an impossible {name}.")
    return -length if match[1] == "-" else length


def _offset_text(offset: timedelta) -> str:
    minutes = int(abs(offset).total_seconds()) // 60
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02d}{minutes % 60:02d}"
