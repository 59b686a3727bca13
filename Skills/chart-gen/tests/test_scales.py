"""Tests of ticks and number formats."""

from __future__ import annotations

import unittest
from datetime import datetime, timedelta

import skill_contract  # noqa: F401

# isort: split
from scales import number_ticks, short_number, time_label, time_ticks, time_value


class NumberTests(unittest.TestCase):
    def test_ticks_are_round_and_cover_the_values(self) -> None:
        cases = [
            ((0, 97), ["0", "20", "40", "60", "80", "100"]),
            ((0, 0.31), ["0.0", "0.1", "0.2", "0.3", "0.4"]),
            ((-30, 200), ["-50", "0", "50", "100", "150", "200"]),
            ((0, 8.4e7), ["0", "20M", "40M", "60M", "80M", "100M"]),
            ((5, 5), ["0", "2", "4", "6", "8", "10"]),
            ((0, 0), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ]
        for (low, high), expected in cases:
            with self.subTest(low=low, high=high):
                self.assertEqual([tick.label for tick in number_ticks(low, high)], expected)

    def test_ticks_cover_any_range_with_few_different_labels(self) -> None:
        for power in range(-12, 16):
            for low, high in ((0, 1), (-1, 1), (3, 7.3), (99, 100), (-8, -2)):
                with self.subTest(power=power, low=low, high=high):
                    ticks = number_ticks(low * 10.0**power, high * 10.0**power)
                    labels = [tick.label for tick in ticks]
                    self.assertTrue(3 <= len(ticks) <= 12)
                    self.assertEqual(len(set(labels)), len(labels))
                    slack = (high - low) * 10.0**power * 1e-8
                    self.assertLessEqual(ticks[0].value, low * 10.0**power + slack)
                    self.assertGreaterEqual(ticks[-1].value, high * 10.0**power - slack)

    def test_single_numbers_are_short(self) -> None:
        cases = {
            0: "0",
            5: "5",
            5.25: "5.25",
            0.1234567: "0.1235",
            1234.5: "1,234",
            1_250_000: "1.25M",
            3e9: "3B",
            -4_500_000: "-4.5M",
            0.00001: "1e-05",
            1e18: "1e+18",
            100.0: "100",
        }
        for value, expected in cases.items():
            with self.subTest(value=value):
                self.assertEqual(short_number(value), expected)


class TimeTests(unittest.TestCase):
    def test_ticks_follow_the_calendar(self) -> None:
        cases = [
            ("2024-01-01", "2024-12-31", 8, ["Jan 2024", "Apr", "Jul", "Oct"]),
            (
                "2020-01-01",
                "2024-06-01",
                8,
                ["Jan 2020", "Jul", "Jan 2021", "Jul", "Jan 2022", "Jul", "Jan 2023", "Jul", "Jan 2024"],
            ),
            ("1990-03-01", "2024-01-01", 8, ["1995", "2000", "2005", "2010", "2015", "2020"]),
            ("2024-01-01", "2024-01-10", 6, ["2 Jan 2024", "4 Jan", "6 Jan", "8 Jan", "10 Jan"]),
        ]
        for low, high, count, expected in cases:
            with self.subTest(low=low, high=high):
                ticks = time_ticks(*(time_value(datetime.fromisoformat(text)) for text in (low, high)), count)
                self.assertEqual([f"{tick.label} {tick.second_line}".strip() for tick in ticks], expected)

    def test_any_span_gets_a_bounded_number_of_ticks(self) -> None:
        start = datetime(2023, 11, 17, 13, 47, 11)
        for seconds in (60, 600, 3600, 40_000, 90_000, 500_000, 3e6, 6e6, 2e7, 6e7, 3e8, 3e9, 2e10):
            with self.subTest(seconds=seconds):
                ticks = time_ticks(time_value(start), time_value(start + timedelta(seconds=seconds)), 7)
                self.assertLessEqual(len(ticks), 12)

    def test_labels_are_as_exact_as_the_data(self) -> None:
        moment = time_value(datetime(2024, 3, 1))
        self.assertEqual(time_label(moment, 28 * 86400), "Mar 2024")
        self.assertEqual(time_label(moment, 86400), "1 Mar 2024")
        self.assertEqual(time_label(moment + 3660, 60), "1 Mar 2024 01:01")


if __name__ == "__main__":
    unittest.main()
