"""The lines that iCalendar text is made of (RFC 5545, 3.1): folding, parameters, values and components."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_FILE_BYTES = 20_000_000
MAX_LINES = 500_000
MAX_DEPTH = 10
FOLD_BYTES = 75
NAME = re.compile(r"[A-Za-z0-9-]{1,100}")
PARAMETER = re.compile(
    r';([A-Za-z0-9-]{1,100})=((?:"[^"\x00-\x08\x0a-\x1f]*"|[^";:,\x00-\x08\x0a-\x1f]*)(?:,(?:"[^"]*"|[^";:,]*))*)'
)


@dataclass
class Property:
    """One content line; the value is as it stands in the file, still escaped."""

    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The value as a text."""
        return unescaped(self.value)

    def line(self) -> str:
        """The content line, folded."""
        parameters = "".join(f";{name}={_parameter_value(value)}" for name, value in self.parameters.items())
        return folded(f"{self.name}{parameters}:{self.value}")


@dataclass
class Component:
    """A block between BEGIN and END; what is not understood is kept as it was."""

    name: str
    properties: list[Property] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        return next((found for found in self.properties if found.name == name), None)

    def every(self, name: str) -> list[Property]:
        """All properties of that name."""
        return [found for found in self.properties if found.name == name]

    def replace(self, name: str, *new: Property) -> None:
        """Put properties where the first of that name was, or at the end; without new ones the name is removed."""
        places = [index for index, found in enumerate(self.properties) if found.name == name]
        place = places[0] if places else len(self.properties)
        kept = [found for found in self.properties if found.name != name]
        self.properties = [*kept[:place], *new, *kept[place:]]

    def lines(self) -> Iterator[str]:
        """The content lines of the whole block."""
        yield f"BEGIN:{self.name}"
        for found in self.properties:
            yield found.line()
        for inner in self.components:
            yield from inner.lines()
        yield f"END:{self.name}"


def parse(content: bytes) -> list[Component]:
    """Read the blocks of a file; raise ValueError with the line where it is not iCalendar text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not UTF-8 text, so it is not a calendar.") from None
    roots: list[Component] = []
    stack: list[Component] = []
    for number, line in unfolded(text):
        found = _property(line, number)
        if found.name == "BEGIN":
            component = Component(found.value.strip().upper())
            (stack[-1].components if stack else roots).append(component)
            stack.append(component)
            if len(stack) > MAX_DEPTH:
                raise ValueError(f"Line {number}: blocks are nested too deep for a calendar.")
        elif found.name == "END":
            if not stack or stack[-1].name != found.value.strip().upper():
                raise ValueError(f"Line {number}: END:{found.value[:50]} does not close the block that is open.")
            stack.pop()
        elif stack:
            stack[-1].properties.append(found)
        else:
            raise ValueError(f"Line {number}: a calendar starts with BEGIN:VCALENDAR.")
    if stack:
        raise ValueError(f"The calendar ends inside a {stack[-1].name} block; it is not complete.")
    return roots


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Join folded lines; yield each content line with the number of its first line."""
    current, start = "", 0
    lines = re.split(r"\r\n|\n|\r", text)
    if len(lines) > MAX_LINES:
        raise ValueError(f"The calendar has more than {MAX_LINES} lines.")
    parts: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        current = "".join(parts)
        if current.strip():
            yield start, current
        parts, start = [line], number
    current = "".join(parts)
    if current.strip():
        yield start, current


def folded(line: str) -> str:
    """Fold a line so that no part has more than 75 bytes, never inside a character."""
    parts, current, size = [], "", 0
    for character in line:
        width = len(character.encode("utf-8", "replace"))
        if size + width > FOLD_BYTES:
            parts.append(current)
            current, size = " ", 1
        current += character
        size += width
    return "\r\n".join([*parts, current])


def escaped(text: str) -> str:
    """Write a text as a value."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def unescaped(value: str) -> str:
    """Read a text from a value."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def _property(line: str, number: int) -> Property:
    match = NAME.match(line)
    if match is None:
        raise ValueError(f"Line {number} is not a content line: {line[:60]!r}.")
    place, parameters = match.end(), {}
    while parameter := PARAMETER.match(line, place):
        values = parameter[2]
        quoted = len(values) > 1 and values[0] == values[-1] == '"' and values.count('"') == 2
        parameters[parameter[1].upper()] = values[1:-1] if quoted else values
        place = parameter.end()
    if line[place : place + 1] != ":":
        raise ValueError(f"Line {number} has no value: {line[:60]!r}.")
    return Property(match[0].upper(), line[place + 1 :], parameters)


def _parameter_value(value: str) -> str:
    """Quote what needs it; several quoted values stay as they were."""
    if '"' in value or not re.search(r"[;:,]", value):
        return value
    return f'"{value}"'
