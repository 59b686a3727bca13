"""Events and their occurrences as the tools answer with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from events import Event, Occurrence, occurrences

SHOWN_CHARACTERS = 500


def itself(event: Event, zone: ZoneInfo) -> Occurrence:
    """The event as if it took place once, at its first time."""
    begin = event.start.instant(zone)
    return Occurrence(event, begin, event.start.at(event.start.local + event.length, zone), event.start.local)


def searched_text(event: Event) -> str:
    """Everything of an event that words are looked for in."""
    people = [value for name in ("ATTENDEE", "ORGANIZER") for value in event.component.every(name)]
    texts = [event.text(name) for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES")]
    return " ".join([*texts, *(f"{found.value} {found.parameters.get('CN', '')}" for found in people)]).casefold()


def described(occurrence: Occurrence, zone: ZoneInfo) -> dict[str, Any]:
    """One occurrence as an answer has it."""
    event = occurrence.event
    if event.start.is_date:
        begin = occurrence.start.date().isoformat()
        end = max(begin, (occurrence.end - timedelta(days=1)).date().isoformat())
    else:
        begin, end = (moment.astimezone(zone).isoformat() for moment in (occurrence.start, occurrence.end))
    description = event.text("DESCRIPTION")
    return {
        "uid": event.uid,
        "summary": event.text("SUMMARY"),
        "start": begin,
        "end": end,
        "all_day": event.start.is_date,
        "location": event.text("LOCATION"),
        "description": description[:SHOWN_CHARACTERS] + ("…" if len(description) > SHOWN_CHARACTERS else ""),
        "status": event.text("STATUS").lower() or "confirmed",
        "recurrence": event.rule,
        "is_changed_occurrence": event.occurrence is not None,
    }


def changed(path: str, event: Event, zone: ZoneInfo) -> dict[str, Any]:
    """What a tool that changed an event answers."""
    return {"path": path, "uid": event.uid, "event": described(itself(event, zone), zone)}


def conflicts(others: list[Event], event: Event, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Events that take the same time as the first occurrence of this one."""
    first = itself(event, zone)
    if not event.is_busy:
        return []
    found = occurrences(others, first.start, max(first.end, first.start + timedelta(seconds=1)), zone)
    busy = [other for other in found if other.event.is_busy and not other.event.start.is_date]
    return [described(other, zone) for other in busy[:20]]
