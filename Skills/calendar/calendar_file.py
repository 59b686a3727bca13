"""Reads and writes calendar files of the workspace; what is not understood stays as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from content_lines import MAX_FILE_BYTES, Component, Property, parse
from events import Event, read_events
from workspace import existing_file, relative_name, save, writable_path
from zones import Moment, Zones, zone_component

PRODUCT = "-//bundled-skill//calendar 1.0//EN"


@dataclass
class CalendarFile:
    """A file with its calendars and their events."""

    path: str
    calendars: list[Component]
    events: list[Event]
    problems: list[str]
    zones: Zones

    @property
    def calendar(self) -> Component:
        """The calendar that new events go into."""
        return self.calendars[0]

    def series(self, uid: str) -> list[Event]:
        """An event and its changed occurrences; raise FileNotFoundError when there is none."""
        found = [event for event in self.events if event.uid == uid]
        if not found:
            raise FileNotFoundError(f"'{self.path}' holds no event with the uid '{uid}'; list_events shows the uids.")
        return sorted(found, key=lambda event: event.occurrence is not None)

    def remove(self, *components: Component) -> None:
        """Take events out."""
        for calendar in self.calendars:
            calendar.components = [
                component for component in calendar.components if not any(component is one for one in components)
            ]

    def define_zone(self, moment: Moment) -> None:
        """Add the definition of the zone that a moment uses, if the calendar lacks it."""
        zone = moment.zone
        if isinstance(zone, ZoneInfo) and zone.key != "UTC" and zone.key not in self.zones.defined:
            component = zone_component(zone, moment.local.year)
            self.zones.defined[zone.key] = component
            places = [i for i, found in enumerate(self.calendar.components) if found.name == "VTIMEZONE"]
            self.calendar.components.insert(places[-1] + 1 if places else 0, component)

    def write(self) -> str:
        """Save the file in one step."""
        lines = [line for calendar in self.calendars for line in calendar.lines()]
        return save(("\r\n".join(lines) + "\r\n").encode(), self.path, self.path, overwrite=True)


def open_calendar(path: str, creates: bool = False) -> CalendarFile:
    """Read a calendar file, or start a new one."""
    target = writable_path(path)
    if creates and not target.exists():
        if target.suffix.lower() != ".ics":
            raise ValueError(f"A new calendar must be named *.ics; '{path}' is not.")
        lines = [Property("VERSION", "2.0"), Property("PRODID", PRODUCT), Property("CALSCALE", "GREGORIAN")]
        return CalendarFile(relative_name(target), [Component("VCALENDAR", lines)], [], [], Zones([]))
    file: Path = existing_file(path)
    if file.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"'{path}' has more than {MAX_FILE_BYTES} bytes.")
    try:
        calendars = parse(file.read_bytes())
    except ValueError as error:
        raise ValueError(f"'{path}' cannot be read as a calendar. {error}") from None
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise ValueError(f"'{path}' holds no calendar: it must start with BEGIN:VCALENDAR.")
    zones = Zones(calendars)
    events, problems = read_events(calendars, zones)
    return CalendarFile(relative_name(file), calendars, events, problems, zones)


def stamp(component: Component, is_change: bool) -> None:
    """Note when an event was made or changed, as other programs expect it."""
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    component.replace("DTSTAMP", Property("DTSTAMP", now))
    if is_change:
        found = component.first("SEQUENCE")
        number = int(found.value) + 1 if found and found.value.strip().isdigit() else 1
        component.replace("SEQUENCE", Property("SEQUENCE", str(number)))
        component.replace("LAST-MODIFIED", Property("LAST-MODIFIED", now))
