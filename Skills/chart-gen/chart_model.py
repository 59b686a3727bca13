"""A chart as values: which numbers it shows and how they are described, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from scales import short_number, time_label

KINDS = ("line", "bar", "scatter", "histogram", "pie")
X = float | str


@dataclass
class Series:
    """One set of points; x is a number, seconds since 1970 or a category, by the kind of the x axis."""

    name: str
    points: list[tuple[X, float]]


@dataclass
class Chart:
    """What to draw. `x_kind` is number, time or category; `categories` gives the order of a category axis."""

    kind: str
    title: str
    subtitle: str
    x_label: str
    y_label: str
    x_kind: str
    series: list[Series]
    categories: list[str] = field(default_factory=list)
    resolution: float = 86400.0
    notes: list[str] = field(default_factory=list)

    @property
    def point_count(self) -> int:
        return sum(len(series.points) for series in self.series)

    def x_text(self, value: X) -> str:
        """A position on the x axis in words."""
        if isinstance(value, str):
            return value
        return time_label(value, self.resolution) if self.x_kind == "time" else short_number(value)

    def tooltip(self, series: int, position: str, value: float) -> str:
        """A value in words; the series is named where there are several."""
        name = f"{self.series[series].name}, " if len(self.series) > 1 else ""
        return f"{name}{position}: {short_number(value)}"

    def description(self) -> str:
        """What the chart shows, for those who do not see it."""
        shown = f"{self.kind.capitalize()} chart. {self.subtitle or self.title}."
        if self.kind == "scatter":
            parts = [
                f"{self.point_count} points; {self.x_label} from {self._span(0)}, {self.y_label} from {self._span(1)}."
            ]
        elif self.kind == "histogram":
            label, count = max(self.series[0].points, key=lambda point: point[1])
            parts = [f"{len(self.series[0].points)} bins; most values are in {label} ({short_number(count)})."]
        else:
            parts = [self._extremes(series) for series in self.series[:6]]
        if len(self.series) > 6 and self.kind != "scatter":
            parts.append(f"{len(self.series) - 6} more series.")
        return " ".join([shown, *parts, *self.notes])

    def _extremes(self, series: Series) -> str:
        low, high = (choose(series.points, key=lambda point: point[1]) for choose in (min, max))
        count = f"{len(series.points)} value{'s' if len(series.points) != 1 else ''}"
        if self.kind == "pie":
            total = sum(value for _, value in series.points) or 1.0
            return f"{count}; largest share {self.x_text(high[0])} with {high[1] / total:.0%}."
        return (
            f"{series.name}: {count}, from {short_number(low[1])} ({self.x_text(low[0])}) "
            f"to {short_number(high[1])} ({self.x_text(high[0])})."
        )

    def _span(self, index: int) -> str:
        values = [point[index] for series in self.series for point in series.points]
        numbers = [value for value in values if not isinstance(value, str)]
        low, high = min(numbers), max(numbers)
        if index == 0:
            return f"{self.x_text(low)} to {self.x_text(high)}"
        return f"{short_number(low)} to {short_number(high)}"
