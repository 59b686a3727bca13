"""Events of a calendar file and the occurrences they have within a period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from content_lines import Component
from recurrence import parse_rule, times_of
from zones import Moment, Zones, read_duration, read_time

MAX_OCCURRENCES = 10_000
BUSY_STATUS = {"CONFIRMED", "TENTATIVE", ""}


@dataclass
class Event:
    """One VEVENT: the event itself, or one changed occurrence of it (`occurrence` is then its original start)."""

    component: Component
    uid: str
    start: Moment
    length: timedelta
    exact_end: bool
    occurrence: Moment | None
    zones: Zones = field(repr=False)

    def text(self, name: str) -> str:
        """The text of a property, or an empty one."""
        found = self.component.first(name)
        return found.text if found else ""

    @property
    def rule(self) -> str | None:
        """The recurrence rule as it is written."""
        found = self.component.first("RRULE")
        return found.value if found else None

    @property
    def is_busy(self) -> bool:
        """Whether the event takes its time."""
        return self.text("STATUS").upper() in BUSY_STATUS and self.text("TRANSP").upper() != "TRANSPARENT"


@dataclass
class Occurrence:
    """One time that an event takes place; `original` is the wall-clock start that names it within its series."""

    event: Event
    start: datetime
    end: datetime
    original: datetime


def read_events(calendars: list[Component], zones: Zones) -> tuple[list[Event], list[str]]:
    """Read all events, and say which could not be read; one bad event does not hide the others."""
    events, problems = [], []
    for calendar in calendars:
        for component in calendar.components:
            if component.name != "VEVENT":
                continue
            try:
                events.append(read_event(component, zones))
            except (ValueError, OverflowError) as error:
                found = component.first("SUMMARY")
                problems.append(f"{found.text[:60] if found else 'an event'}: {error}")
    return events, problems


def read_event(component: Component, zones: Zones) -> Event:
    """Read one event; raise ValueError where its times make no sense."""
    start_property, uid = component.first("DTSTART"), component.first("UID")
    if start_property is None:
        raise ValueError("it has no DTSTART.")
    start = zones.moment(start_property)
    end_property, duration = component.first("DTEND"), component.first("DURATION")
    exact = False
    if end_property is not None:
        end = zones.moment(end_property)
        exact = end.zone is not start.zone
        length = end.instant(UTC) - start.instant(UTC) if exact else end.local - start.local
    elif duration is not None:
        length = read_duration(duration.value)
    else:
        length = timedelta(days=1) if start.is_date else timedelta()
    if length < timedelta():
        raise ValueError("it ends before it starts.")
    if rule := component.first("RRULE"):
        parse_rule(rule.value)
    changed = component.first("RECURRENCE-ID")
    occurrence = zones.moment(changed) if changed else None
    return Event(component, uid.text if uid else "", start, length, exact, occurrence, zones)


def occurrences(events: list[Event], start: datetime, end: datetime, floating: tzinfo) -> list[Occurrence]:
    """All occurrences that overlap a period, in order of time."""
    changed = {
        (event.uid, event.occurrence.instant(floating)): event for event in events if event.occurrence is not None
    }
    found: list[Occurrence] = []
    for event in events:
        for occurrence in _times(event, end, floating):
            overlaps = occurrence.end > start or occurrence.start >= start
            is_replaced = (
                event.occurrence is None and (event.uid, event.start.at(occurrence.original, floating)) in changed
            )
            if overlaps and occurrence.start < end and not is_replaced:
                found.append(occurrence)
            if len(found) > MAX_OCCURRENCES:
                raise ValueError(f"There are more than {MAX_OCCURRENCES} occurrences; choose a shorter period.")
    return sorted(found, key=lambda occurrence: (occurrence.start, occurrence.event.text("SUMMARY")))


def _times(event: Event, end: datetime, floating: tzinfo) -> Iterator[Occurrence]:
    rule_property = event.component.first("RRULE")
    if event.occurrence is not None:
        yield _occurrence(event, event.start.local, floating, event.occurrence.local)
        return
    without = set(_listed(event, "EXDATE", floating))
    starts = [event.start.local]
    if rule_property is not None:
        starts = []
        rule = parse_rule(rule_property.value)
        until = _until(rule.until, event, floating) if rule.until else None

        def is_after_end(local: datetime) -> bool:
            instant = event.start.at(local, floating)
            return instant >= end or (until is not None and instant > until)

        for local in times_of(rule, event.start.local, is_after_end):
            starts.append(local)
            if len(starts) > MAX_OCCURRENCES * 5:
                break
    known = {event.start.at(local, floating) for local in starts}
    extra = [instant for instant in _listed(event, "RDATE", floating) if instant not in known]
    for local in starts:
        if event.start.at(local, floating) not in without:
            yield _occurrence(event, local, floating, local)
    for instant in extra:
        if instant not in without:
            local = instant.replace(tzinfo=None)
            yield Occurrence(event, instant, instant + event.length, local)


def _occurrence(event: Event, local: datetime, floating: tzinfo, original: datetime) -> Occurrence:
    begin = event.start.at(local, floating)
    # A meeting from 9 to 10 stays one when the clocks change; an end in another zone is so many hours later.
    end = begin.astimezone(UTC) + event.length if event.exact_end else event.start.at(local + event.length, floating)
    return Occurrence(event, begin, max(end, begin), original)


def _listed(event: Event, name: str, floating: tzinfo) -> Iterator[datetime]:
    """The instants of EXDATE or RDATE, which list several; a period counts by its start."""
    for found in event.component.every(name):
        for value in found.value.split(","):
            single = type(found)(found.name, value.partition("/")[0], found.parameters)
            moment = event.zones.moment(single)
            if moment.is_date and not event.start.is_date:
                moment = Moment(datetime.combine(moment.local, event.start.local.time()), False, event.start.zone)
            yield moment.instant(floating)


def _until(text: str, event: Event, floating: tzinfo) -> datetime:
    local, is_date, is_utc = read_time(text)
    if is_utc:
        return local.replace(tzinfo=UTC)
    if is_date and not event.start.is_date:
        local = local + timedelta(days=1, seconds=-1)
    return event.start.at(local, floating)
