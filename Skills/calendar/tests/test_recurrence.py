"""Tests of recurrence rules, held against dateutil where it is installed."""

from __future__ import annotations

import itertools
import random
import unittest
from datetime import date, datetime

from skill_contract import SKILL  # noqa: F401

# isort: split
from recurrence import WEEKDAYS, dates_of, parse_rule, times_of

try:
    from dateutil.rrule import rrulestr
except ImportError:
    rrulestr = None


def dates(rule: str, start: str, count: int) -> list[str]:
    first = date.fromisoformat(start)
    return [found.isoformat() for found in itertools.islice(dates_of(parse_rule(rule), first), count)]


class RuleTests(unittest.TestCase):
    def test_the_rules_people_use(self) -> None:
        cases = {
            ("FREQ=DAILY;INTERVAL=3", "2026-01-30"): ["2026-01-30", "2026-02-02", "2026-02-05"],
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "2026-05-04"): ["2026-05-04", "2026-05-06", "2026-05-18"],
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "2026-05-04"): ["2026-05-04", "2026-05-17", "2026-05-18"],
            ("FREQ=MONTHLY", "2026-01-31"): ["2026-01-31", "2026-03-31", "2026-05-31"],
            ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30"): ["2026-01-30", "2026-02-27", "2026-03-27"],
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31"): ["2026-01-31", "2026-02-28", "2026-03-31"],
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-30"): ["2026-01-30", "2026-02-27", "2026-03-31"],
            ("FREQ=YEARLY", "2024-02-29"): ["2024-02-29", "2028-02-29", "2032-02-29"],
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26"): ["2026-11-26", "2027-11-25", "2028-11-23"],
            ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "2026-02-13"): ["2026-02-13", "2026-03-13", "2026-11-13"],
        }
        for (rule, start), expected in cases.items():
            with self.subTest(rule):
                self.assertEqual(dates(rule, start, 3), expected)

    def test_count_includes_the_first_time(self) -> None:
        start = datetime(2026, 5, 4, 9)
        found = list(times_of(parse_rule("FREQ=DAILY;COUNT=3"), start, lambda _: False))
        self.assertEqual([moment.day for moment in found], [4, 5, 6])

    def test_a_rule_that_never_fits_ends(self) -> None:
        self.assertEqual(dates("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "2026-02-01", 1), [])

    def test_what_is_no_rule_is_refused(self) -> None:
        wrong = [
            "",
            "weekly",
            "FREQ=SOMETIMES",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=1;UNTIL=20260101",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;BYDAY=2MO",
            "FREQ=DAILY;INTERVAL=-1",
            "FREQ=DAILY;BYHOUR=9",
            "FREQ=DAILY;FREQ=DAILY",
            "FREQ=DAILY;UNTIL=tomorrow",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=HOURLY",
            "FREQ=MONTHLY;BYSETPOS=1",
            "FREQ=MONTHLY;BYDAY=0MO",
            "FREQ=WEEKLY;BYMONTHDAY=1",
        ]
        for rule in wrong:
            with self.subTest(rule), self.assertRaises(ValueError):
                parse_rule(rule)

    @unittest.skipIf(rrulestr is None, "needs the Python package python-dateutil (Scripts/setup test)")
    def test_random_rules_give_what_dateutil_gives(self) -> None:
        chance = random.Random(7)
        for _ in range(80):
            rule = self.random_rule(chance)
            start = datetime(2020 + chance.randrange(8), chance.randint(1, 12), chance.randint(1, 28), 9)
            expected = list(
                itertools.islice(
                    rrulestr(f"{rule};UNTIL=20340101T000000", dtstart=start).between(
                        start, datetime(2034, 1, 1), inc=True
                    ),
                    30,
                )
            )
            found = []
            for day in dates_of(parse_rule(rule), start.date()):
                if day >= date(2034, 1, 1) or len(found) == 30:
                    break
                found.append(datetime.combine(day, start.time()))
            self.assertEqual(found, expected, f"{rule} from {start}")

    @staticmethod
    def random_rule(chance: random.Random) -> str:
        frequency = chance.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
        parts = [f"FREQ={frequency}", f"INTERVAL={chance.choice([1, 1, 2, 3])}"]
        numbered = frequency in ("MONTHLY", "YEARLY")
        if chance.random() < 0.5:
            days = chance.sample(WEEKDAYS, chance.randint(1, 3))
            if numbered and chance.random() < 0.5:
                days = [f"{chance.choice([1, 2, -1, -2])}{day}" for day in days]
            parts.append("BYDAY=" + ",".join(days))
        if chance.random() < 0.3 and frequency != "WEEKLY":
            parts.append("BYMONTHDAY=" + ",".join(str(chance.choice([1, 13, 28, 31, -1, -3])) for _ in range(2)))
        if chance.random() < 0.3:
            parts.append("BYMONTH=" + ",".join(map(str, sorted(chance.sample(range(1, 13), 3)))))
        # The first week counts from its first day here, as the standard has it; dateutil counts from the first date.
        if chance.random() < 0.2 and len(parts) > 2 and frequency != "WEEKLY":
            parts.append(f"BYSETPOS={chance.choice(['1', '-1', '2,-1'])}")
        if chance.random() < 0.3:
            parts.append(f"WKST={chance.choice(['MO', 'SU'])}")
        return ";".join(parts)


if __name__ == "__main__":
    unittest.main()
