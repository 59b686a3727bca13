"""Markdown as blocks of styled words: headings, paragraphs, lists, quotes, code, tables, rules and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_LINES = 100_000
INLINE = re.compile(
    r"(?P<code>`+)(?P<code_text>.+?)(?P=code)"
    r"|!?\[(?P<label>[^\[\]]{0,500})\]\((?P<target>[^()\s]{1,2000})(?:\s+\"[^\"]*\")?\)"
    r"|(?P<bold>\*\*|__)(?=\S)(?P<bold_text>.+?)(?<=\S)(?P=bold)"
    r"|(?<![\w*])(?P<italic>[*_])(?=[^\s*_])(?P<italic_text>.+?)(?<=[^\s*_])(?P=italic)(?![\w*])"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!|>~-])"
)


@dataclass
class Run:
    """Words of one style: B bold, I italic, C code; with the address they link to."""

    text: str
    style: str = ""
    link: str = ""


@dataclass
class Block:
    """A part of a document; the level is of a heading, a list or a quotation."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    mark: str = ""
    rows: list[list[list[Run]]] = field(default_factory=list)


def parse(text: str) -> list[Block]:
    """Read the blocks of a Markdown text; anything else is a paragraph."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    if len(lines) > MAX_LINES:
        raise ValueError(f"The text has more than {MAX_LINES} lines.")
    blocks: list[Block] = []
    place = 0
    while place < len(lines):
        place = _read_block(lines, place, blocks)
    return blocks


def runs_of(text: str, style: str = "", depth: int = 0) -> list[Run]:
    """Split a line into runs of one style."""
    found: list[Run] = []
    place = 0
    for match in INLINE.finditer(text) if depth < 4 else ():
        if match.start() > place:
            found.append(Run(text[place : match.start()], style))
        place = match.end()
        if match["code_text"]:
            found.append(Run(match["code_text"].strip(), style + "C"))
        elif match["target"]:
            is_link = re.match(r"https?://|mailto:", match["target"]) is not None
            label = match["label"] or match["target"]
            found += [
                Run(run.text, run.style, match["target"] if is_link else "") for run in runs_of(label, style, depth + 1)
            ]
        elif match["bold_text"]:
            found += runs_of(match["bold_text"], style + "B", depth + 1)
        elif match["italic_text"]:
            found += runs_of(match["italic_text"], style + "I", depth + 1)
        else:
            found.append(Run(match["escaped"], style))
    if place < len(text):
        found.append(Run(text[place:], style))
    return found


def _read_block(lines: list[str], place: int, blocks: list[Block]) -> int:
    line = lines[place]
    if not line.strip():
        return place + 1
    if fence := re.match(r" {0,3}(```+|~~~+)", line):
        return _read_code(lines, place + 1, fence[1], blocks)
    if heading := re.match(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$", line):
        blocks.append(Block("heading", runs_of(heading[2]), len(heading[1])))
        return place + 1
    if re.fullmatch(r" {0,3}([-*_])( *\1){2,} *", line):
        blocks.append(Block("rule"))
        return place + 1
    if picture := re.fullmatch(r"\s*!\[([^\[\]]*)\]\(([^()\s]+)(?:\s+\"[^\"]*\")?\)\s*", line):
        blocks.append(Block("picture", [Run(picture[1])], mark=picture[2]))
        return place + 1
    if "|" in line and _is_table_rule(lines[place + 1 : place + 2]):
        return _read_table(lines, place, blocks)
    if item := _item(line):
        return _read_item(lines, place, item, blocks)
    if line.lstrip().startswith(">"):
        quoted = []
        while place < len(lines) and lines[place].lstrip().startswith(">"):
            quoted.append(lines[place].lstrip()[1:].strip())
            place += 1
        blocks.append(Block("quote", runs_of(" ".join(quoted)), 1))
        return place
    if place + 1 < len(lines) and re.fullmatch(r" {0,3}(=+|-{2,})\s*", lines[place + 1]):
        blocks.append(Block("heading", runs_of(line.strip()), 1 if "=" in lines[place + 1] else 2))
        return place + 2
    return _read_paragraph(lines, place, blocks)


def _read_code(lines: list[str], place: int, fence: str, blocks: list[Block]) -> int:
    code = []
    while place < len(lines) and not lines[place].strip().startswith(fence):
        code.append(lines[place])
        place += 1
    blocks.append(Block("code", [Run("\n".join(code), "C")]))
    return place + 1


def _read_table(lines: list[str], place: int, blocks: list[Block]) -> int:
    rows = []
    while place < len(lines) and "|" in lines[place] and lines[place].strip():
        rows.append([runs_of(cell.strip().replace("\\|", "|")) for cell in _cells(lines[place])])
        place += 1 if len(rows) > 1 else 2
    width = len(rows[0])
    blocks.append(Block("table", rows=[(row + [[Run("")]] * width)[:width] for row in rows]))
    return place


def _read_item(lines: list[str], place: int, item: re.Match[str], blocks: list[Block]) -> int:
    words = [item[3]]
    indent = len(item[1])
    place += 1
    while place < len(lines) and lines[place].strip() and not _starts_something(lines[place]):
        words.append(lines[place].strip())
        place += 1
    number = item[2] if item[2][0].isdigit() else ""
    blocks.append(Block("item", runs_of(" ".join(words)), min(indent // 2, 6), number))
    return place


def _read_paragraph(lines: list[str], place: int, blocks: list[Block]) -> int:
    parts = []
    while place < len(lines) and lines[place].strip() and not (parts and _starts_something(lines[place])):
        line = lines[place]
        parts.append(line.strip() + ("\n" if line.endswith(("  ", "\\")) else ""))
        place += 1
    blocks.append(Block("paragraph", runs_of(re.sub(r"\\?\n ", "\n", " ".join(parts)).rstrip())))
    return place


def _item(line: str) -> re.Match[str] | None:
    return re.match(r"(\s*)([-*+]|\d{1,9}[.)])\s+(.*)", line)


def _starts_something(line: str) -> bool:
    return bool(_item(line) or re.match(r" {0,3}(#{1,6}\s|```|~~~|>)", line))


def _is_table_rule(following: list[str]) -> bool:
    """Whether the next line is the one of dashes that makes a table."""
    if not following or "|" not in following[0] or not re.fullmatch(r"[\s|:-]+", following[0]):
        return False
    return all(re.fullmatch(r"\s*:?-+:?\s*", cell) for cell in _cells(following[0]))


def _cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
