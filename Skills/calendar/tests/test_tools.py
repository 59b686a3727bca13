"""Tests of the calendar skill on calendar files as other programs write them."""

from __future__ import annotations

import unittest
from pathlib import Path

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
from content_lines import escaped, folded, parse, unescaped, unfolded

ROME = "Europe/Rome"
FOREIGN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Elsewhere//EN
X-WR-CALNAME:Team
BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:standup
DTSTAMP:20260101T000000Z
SUMMARY:Stand-up\\, daily
DTSTART;TZID=Europe/Rome:20260504T090000
DTEND;TZID=Europe/Rome:20260504T091500
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260515T220000Z
EXDATE;TZID=Europe/Rome:20260506T090000
ATTENDEE;CN="Doe; Jane":mailto:jane@example.org
X-SOMETHING;X-A="b:c":kept
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT5M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:standup
DTSTAMP:20260101T000000Z
RECURRENCE-ID;TZID=Europe/Rome:20260507T090000
SUMMARY:Stand-up\\, late
DTSTART;TZID=Europe/Rome:20260507T110000
DTEND;TZID=Europe/Rome:20260507T111500
END:VEVENT
BEGIN:VEVENT
UID:fair
DTSTAMP:20260101T000000Z
SUMMARY:Trade fair
LOCATION:Milan
DTSTART;VALUE=DATE:20260505
DTEND;VALUE=DATE:20260507
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:call
DTSTAMP:20260101T000000Z
SUMMARY:A very long title that had to be folded by the program that wrote this file beca
 use it is longer than a line
DTSTART;TZID="Customized Time Zone":20260504T140000
DURATION:PT1H30M
END:VEVENT
BEGIN:VEVENT
UID:cancelled
DTSTAMP:20260101T000000Z
SUMMARY:Cancelled
STATUS:CANCELLED
DTSTART:20260504T100000Z
DTEND:20260504T110000Z
END:VEVENT
BEGIN:VEVENT
UID:broken
DTSTART:someday
SUMMARY:Broken
END:VEVENT
END:VCALENDAR
"""


class CalendarTestCase(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.write("team.ics", FOREIGN.replace("\n", "\r\n"))

    def listed(self, start: str, end: str, path: str = "team.ics", zone: str = ROME) -> list[tuple[str, str]]:
        result = call("list_events", path=path, start=start, end=end, time_zone=zone)
        return [(event["summary"], event["start"]) for event in result["events"]]

    def text(self, path: str = "team.ics") -> str:
        return "".join(f"{line}\n" for _, line in unfolded(Path(path).read_text()))


class ContractTests(SkillContract, unittest.TestCase):
    pass


class LineTests(unittest.TestCase):
    def test_folding_counts_bytes_and_keeps_characters_whole(self) -> None:
        line = "SUMMARY:" + "ü€😀" * 60
        parts = folded(line).split("\r\n")
        self.assertTrue(all(len(part.encode()) <= 75 for part in parts))
        self.assertEqual([text for _, text in unfolded("\r\n".join(parts))], [line])

    def test_escaping_goes_there_and_back(self) -> None:
        for text in ("a,b;c\\d\ne", "\\n", "\\\\n", "C:\\new", "", ",;\\"):
            with self.subTest(text):
                self.assertEqual(unescaped(escaped(text)), text)

    def test_a_file_is_written_as_it_was_read(self) -> None:
        calendar = parse(FOREIGN.encode())[0]
        written = "\r\n".join(calendar.lines())
        self.assertEqual(
            [line for _, line in unfolded(written)],
            [line.replace('"Customized Time Zone"', "Customized Time Zone") for _, line in unfolded(FOREIGN)],
        )

    def test_what_is_no_calendar_text_is_refused_with_its_line(self) -> None:
        cases = {
            "BEGIN:VCALENDAR\nhello\nEND:VCALENDAR": "Line 2",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR": "Line 3",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT": "not complete",
            "SUMMARY:x": "starts with",
            "BEGIN:A\n" * 50: "too deep",
            "\ufffe": "content line",
        }
        for text, message in cases.items():
            with self.subTest(text[:20]), self.assertRaisesRegex(ValueError, message):
                parse(text.encode())
        with self.assertRaisesRegex(ValueError, "UTF-8"):
            parse(b"\xff\xfe")


class ListTests(CalendarTestCase):
    def test_a_week_with_all_kinds_of_events(self) -> None:
        title = "A very long title that had to be folded by the program that wrote this file "
        title += "because it is longer than a line"
        self.assertEqual(
            self.listed("2026-05-04", "2026-05-08"),
            [
                ("Stand-up, daily", "2026-05-04T09:00:00+02:00"),
                ("Cancelled", "2026-05-04T12:00:00+02:00"),
                (title, "2026-05-04T14:00:00+02:00"),
                ("Trade fair", "2026-05-05"),
                ("Stand-up, daily", "2026-05-05T09:00:00+02:00"),
                ("Stand-up, late", "2026-05-07T11:00:00+02:00"),
                ("Stand-up, daily", "2026-05-08T09:00:00+02:00"),
            ],
        )

    def test_the_rule_ends_with_its_until(self) -> None:
        self.assertEqual(
            [start[:10] for _, start in self.listed("2026-05-14", "2026-05-30")], ["2026-05-14", "2026-05-15"]
        )

    def test_results_come_in_the_zone_that_was_asked_for(self) -> None:
        self.assertIn(
            ("Stand-up, daily", "2026-05-04T03:00:00-04:00"),
            self.listed("2026-05-04", "2026-05-04", zone="America/New_York"),
        )

    def test_a_zone_that_only_the_file_knows_follows_its_rules(self) -> None:
        call("update_event", path="team.ics", uid="call", recurrence="FREQ=MONTHLY;COUNT=8")
        summer, winter = (
            self.listed("2026-06-04", "2026-06-04", zone="UTC"),
            self.listed("2026-12-04", "2026-12-04", zone="UTC"),
        )
        self.assertEqual([summer[0][1], winter[0][1]], ["2026-06-04T12:00:00+00:00", "2026-12-04T13:00:00+00:00"])

    def test_wall_clock_times_stay_when_the_clocks_change(self) -> None:
        call(
            "add_event", path="new.ics", summary="x", start="2026-10-23T09:00", time_zone=ROME, recurrence="FREQ=DAILY"
        )
        starts = [start for _, start in self.listed("2026-10-24", "2026-10-26", "new.ics")]
        self.assertEqual([start[11:] for start in starts], ["09:00:00+02:00", "09:00:00+01:00", "09:00:00+01:00"])

    def test_a_broken_event_is_named_and_hides_no_other(self) -> None:
        result = call("list_events", path="team.ics", start="2026-05-04", end="2026-05-04")
        self.assertEqual(len(result["problems"]), 1)
        self.assertIn("Broken", result["problems"][0])

    def test_search_gives_each_series_once_or_each_time_in_a_period(self) -> None:
        once = call("search_events", path="team.ics", text="stand-up")
        self.assertEqual([event["summary"] for event in once["events"]], ["Stand-up, daily", "Stand-up, late"])
        period = call(
            "search_events", path="team.ics", text="jane", start="2026-05-04", end="2026-05-08", time_zone=ROME
        )
        self.assertEqual(period["count"], 4)
        self.assertEqual(call("search_events", path="team.ics", text="milan fair")["count"], 1)

    def test_wrong_questions_are_refused(self) -> None:
        for arguments, kind in (
            ({"path": "none.ics"}, FileNotFoundError),
            ({"path": "../x.ics"}, PermissionError),
            ({"time_zone": "Mars/Base"}, ValueError),
            ({"time_zone": "../../etc/passwd"}, ValueError),
            ({"start": "2026-05-09"}, ValueError),
            ({"start": "yesterday"}, ValueError),
            ({"end": "2126-05-09"}, ValueError),
            ({"end": "9999-12-31"}, ValueError),
            ({"start": "0001-01-01"}, ValueError),
        ):
            with self.subTest(arguments), self.assertRaises(kind):
                call("list_events", **{"path": "team.ics", "start": "2026-05-04", "end": "2026-05-08", **arguments})


class ChangeTests(CalendarTestCase):
    def add(self, **arguments: object) -> dict:
        return call(
            "add_event",
            **{"path": "my.ics", "summary": "Meeting", "start": "2026-05-04T10:00", "time_zone": ROME, **arguments},
        )

    def test_a_new_calendar_is_whole_and_defines_its_zone(self) -> None:
        result = self.add(location="Room 1; 2nd floor", description="Bring:\n- tea, milk", alarm_minutes=10)
        text = self.text("my.ics")
        for line in (
            "VERSION:2.0",
            "DTSTART;TZID=Europe/Rome:20260504T100000",
            "DTEND;TZID=Europe/Rome:20260504T110000",
            "LOCATION:Room 1\\; 2nd floor",
            "DESCRIPTION:Bring:\\n- tea\\, milk",
            "TRIGGER:-PT10M",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            f"UID:{result['uid']}",
        ):
            self.assertIn(line + "\n", text)
        self.assertEqual(self.listed("2026-05-04", "2026-05-04", "my.ics"), [("Meeting", "2026-05-04T10:00:00+02:00")])
        self.assertTrue(Path("my.ics").read_bytes().endswith(b"END:VCALENDAR\r\n"))

    def test_the_written_zone_says_what_the_system_says(self) -> None:
        for zone in ("Europe/Rome", "America/New_York", "Asia/Kolkata", "Australia/Sydney"):
            with self.subTest(zone):
                path = f"{zone.replace('/', '-')}.ics"
                self.add(path=path, time_zone=zone, recurrence="FREQ=MONTHLY;COUNT=12")
                expected = self.listed("2026-05-01", "2027-05-01", path, "UTC")
                text = Path(path).read_text().replace(zone, "Their own zone")
                self.write(path, text)
                self.assertEqual(self.listed("2026-05-01", "2027-05-01", path, "UTC"), expected)

    def test_whole_days_end_with_the_last_day(self) -> None:
        event = self.add(start="2026-05-04", end="2026-05-06")["event"]
        self.assertEqual((event["start"], event["end"], event["all_day"]), ("2026-05-04", "2026-05-06", True))
        self.assertIn("DTEND;VALUE=DATE:20260507\n", self.text("my.ics"))

    def test_conflicts_are_told(self) -> None:
        self.assertEqual(self.add()["conflicts"], [])
        self.assertEqual([event["summary"] for event in self.add(start="2026-05-04T10:30")["conflicts"]], ["Meeting"])
        self.assertEqual(self.add(start="2026-05-04T12:00")["conflicts"], [])

    def test_wrong_events_are_refused_and_leave_no_file(self) -> None:
        for arguments in (
            {"start": "2026-03-29T02:30"},
            {"end": "2026-05-04T09:00"},
            {"end": "2026-05-05"},
            {"duration_minutes": 5, "end": "2026-05-04T11:00"},
            {"recurrence": "FREQ=NEVER"},
            {"summary": "a\x00b"},
            {"summary": "  "},
            {"path": "my.txt"},
        ):
            with self.subTest(arguments), self.assertRaises(ValueError):
                self.add(**arguments)
        self.assertEqual([path.name for path in Path().iterdir()], ["team.ics"])

    def test_line_breaks_in_a_text_make_no_new_lines_in_the_file(self) -> None:
        self.add(summary="x\r\nEND:VEVENT\nBEGIN:VEVENT")
        self.assertEqual(self.text("my.ics").splitlines().count("BEGIN:VEVENT"), 1)

    def test_moving_a_series_keeps_its_length_and_what_is_not_understood(self) -> None:
        call("update_event", path="team.ics", uid="call", start="2026-05-04T16:00", time_zone=ROME, summary="Call")
        self.assertIn(("Call", "2026-05-04T16:00:00+02:00"), self.listed("2026-05-04", "2026-05-04"))
        event = call("search_events", path="team.ics", text="call", time_zone=ROME)["events"][0]
        self.assertEqual(event["end"], "2026-05-04T17:30:00+02:00")
        for kept in (
            'X-SOMETHING;X-A="b:c":kept',
            "X-WR-CALNAME:Team",
            'ATTENDEE;CN="Doe; Jane":mailto:jane@example.org',
        ):
            self.assertIn(kept + "\n", self.text())
        self.assertIn("SEQUENCE:1\n", self.text())

    def test_only_one_occurrence_is_changed(self) -> None:
        call(
            "update_event",
            path="team.ics",
            uid="standup",
            occurrence="2026-05-05T09:00",
            start="2026-05-05T15:00",
            time_zone=ROME,
        )
        call(
            "update_event",
            path="team.ics",
            uid="standup",
            occurrence="2026-05-08",
            summary="Long",
            duration_minutes=60,
            time_zone=ROME,
        )
        listed = [entry for entry in self.listed("2026-05-05", "2026-05-11") if entry[0] != "Trade fair"]
        self.assertEqual(
            listed,
            [
                ("Stand-up, daily", "2026-05-05T15:00:00+02:00"),
                ("Stand-up, late", "2026-05-07T11:00:00+02:00"),
                ("Long", "2026-05-08T09:00:00+02:00"),
                ("Stand-up, daily", "2026-05-11T09:00:00+02:00"),
            ],
        )
        again = call(
            "update_event",
            path="team.ics",
            uid="standup",
            occurrence="2026-05-08T09:00",
            summary="Longer",
            time_zone=ROME,
        )
        self.assertEqual((again["event"]["summary"], again["event"]["end"][11:16]), ("Longer", "10:00"))

    def test_one_occurrence_or_everything_is_removed(self) -> None:
        for moment in ("2026-05-05T09:00", "2026-05-07T11:00"):
            call("remove_event", path="team.ics", uid="standup", occurrence=moment, time_zone=ROME)
        starts = [start[:10] for title, start in self.listed("2026-05-04", "2026-05-08") if "Stand-up" in title]
        self.assertEqual(starts, ["2026-05-04", "2026-05-08"])
        self.assertEqual(call("remove_event", path="team.ics", uid="standup")["removed"], "event")
        self.assertNotIn("standup", self.text())
        self.assertIn("UID:fair\n", self.text())

    def test_a_whole_day_series_loses_one_day(self) -> None:
        uid = self.add(start="2026-05-04", recurrence="FREQ=DAILY;COUNT=3")["uid"]
        call("remove_event", path="my.ics", uid=uid, occurrence="2026-05-05", time_zone=ROME)
        self.assertEqual(
            [start for _, start in self.listed("2026-05-01", "2026-05-30", "my.ics")], ["2026-05-04", "2026-05-06"]
        )

    def test_what_is_not_there_cannot_be_changed(self) -> None:
        cases = [
            (FileNotFoundError, {"uid": "nobody"}),
            (FileNotFoundError, {"uid": "standup", "occurrence": "2026-05-09T09:00"}),
            (FileNotFoundError, {"uid": "standup", "occurrence": "2026-05-06T09:00"}),
            (ValueError, {"uid": "fair", "occurrence": "2026-05-05"}),
        ]
        before = Path("team.ics").read_bytes()
        for kind, arguments in cases:
            with self.subTest(arguments), self.assertRaises(kind):
                call("remove_event", path="team.ics", time_zone=ROME, **arguments)
        self.assertEqual(Path("team.ics").read_bytes(), before)

    def test_a_series_can_be_given_another_rule_or_none(self) -> None:
        uid = self.add(recurrence="FREQ=DAILY;COUNT=5")["uid"]
        call("update_event", path="my.ics", uid=uid, recurrence="FREQ=WEEKLY;COUNT=2")
        self.assertEqual(len(self.listed("2026-05-01", "2026-06-01", "my.ics")), 2)
        call("update_event", path="my.ics", uid=uid, recurrence="")
        self.assertEqual(len(self.listed("2026-05-01", "2026-06-01", "my.ics")), 1)


class FreeTimeTests(CalendarTestCase):
    def slots(self, **arguments: object) -> list[str]:
        given = {
            "paths": ["team.ics"],
            "start": "2026-05-04",
            "end": "2026-05-04",
            "duration_minutes": 60,
            "time_zone": ROME,
        }
        result = call("find_free_time", **{**given, **arguments})
        return [f"{slot['start'][8:16]}-{slot['end'][11:16]}" for slot in result["slots"]]

    def test_finds_what_is_left_of_the_working_day(self) -> None:
        self.assertEqual(self.slots(), ["04T09:15-14:00", "04T15:30-17:00"])
        self.assertEqual(self.slots(duration_minutes=120), ["04T09:15-14:00"])

    def test_everybody_must_be_free(self) -> None:
        call(
            "add_event",
            path="my.ics",
            summary="Dentist",
            start="2026-05-04T10:00",
            end="2026-05-04T13:30",
            time_zone=ROME,
        )
        self.assertEqual(self.slots(paths=["team.ics", "my.ics"]), ["04T15:30-17:00"])

    def test_weekends_and_free_or_cancelled_events_do_not_count(self) -> None:
        self.assertEqual(self.slots(start="2026-05-06", end="2026-05-06"), ["06T09:00-17:00"])
        self.assertEqual(self.slots(start="2026-05-09", end="2026-05-10"), [])
        self.assertEqual(
            self.slots(start="2026-05-09", end="2026-05-10", weekdays=["SA"], day_end="12:00"), ["09T09:00-12:00"]
        )

    def test_wrong_hours_are_refused(self) -> None:
        for hours in (
            {"day_start": "25:00"},
            {"day_start": "09:00+02:00"},
            {"day_start": "18:00"},
            {"day_end": "late"},
        ):
            with self.subTest(hours), self.assertRaises(ValueError):
                self.slots(**hours)

    def test_a_period_can_start_within_a_day(self) -> None:
        self.assertEqual(
            self.slots(start="2026-05-04T12:00", end="2026-05-04T16:00", duration_minutes=30),
            ["04T12:00-14:00", "04T15:30-16:00"],
        )

    def test_a_recurring_event_of_whole_days_blocks_them(self) -> None:
        call("add_event", path="my.ics", summary="Away", start="2026-05-04", end="2026-05-05", time_zone=ROME)
        self.assertEqual(self.slots(paths=["my.ics"], end="2026-05-06"), ["06T09:00-17:00"])


if __name__ == "__main__":
    unittest.main()
