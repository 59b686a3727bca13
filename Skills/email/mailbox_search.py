"""What is asked of an IMAP server: mailboxes, criteria and summaries, quoted so that nothing else is said."""

from __future__ import annotations

import base64
import imaplib
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from messages import read_bytes, summary

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>.+)')
HEADERS = "BODY.PEEK[HEADER.FIELDS (FROM TO CC SUBJECT DATE MESSAGE-ID)]"
BATCH = 100


def mailboxes(connection: imaplib.IMAP4) -> Iterator[tuple[str, str]]:
    """The names of the mailboxes, readable and as the server writes them; those that hold no messages are left out."""
    _, answer = connection.list()
    for line in answer:
        if isinstance(line, tuple):
            flags, name = LISTED.match(line[0].rpartition(b" ")[0] + b" x"), line[1]
        else:
            flags = LISTED.match(line or b"")
            name = flags["name"] if flags else b""
        if flags and name and b"\\noselect" not in flags["flags"].lower():
            plain = name.decode("ascii", "replace").strip()
            if plain.startswith('"'):
                plain = re.sub(r"\\(.)", r"\1", plain[1:-1])
            yield from_modified_utf7(plain), plain


def counts(connection: imaplib.IMAP4, name: str) -> tuple[int | None, int | None]:
    """Messages and unread messages of a mailbox."""
    status, answer = connection.status(quoted(name), "(MESSAGES UNSEEN)")
    text = b" ".join(part for part in answer if isinstance(part, bytes)) if status == "OK" else b""
    numbers = {key: int(value) for key, value in re.findall(rb"(MESSAGES|UNSEEN) (\d+)", text)}
    return numbers.get(b"MESSAGES"), numbers.get(b"UNSEEN")


def select(connection: imaplib.IMAP4, mailbox: str) -> None:
    """Open a mailbox for reading only, so that nothing is marked as read."""
    status, _ = connection.select(quoted(to_modified_utf7(mailbox)), readonly=True)
    if status != "OK":
        raise FileNotFoundError(f"There is no mailbox '{mailbox}'; list_mailboxes shows their names.")


def search(connection: imaplib.IMAP4, criteria: dict[str, str | None], unread: bool) -> list[int]:
    """The numbers (UIDs) of the messages that fit all criteria, newest first."""
    words: list[str] = ["UNSEEN"] if unread else []
    literal: bytes | None = None
    for key, value in criteria.items():
        if value is None:
            continue
        if key in ("SINCE", "BEFORE"):
            words += [key, _imap_date(value, key.lower())]
        elif value.isascii():
            words += [key, quoted(value)]
        elif literal is None:
            literal = value.encode()
            words_after = [key]
        else:
            raise ValueError("Only one of the search texts may hold characters beyond ASCII; drop one.")
    if literal is not None:
        connection.literal = literal  # type: ignore[attr-defined]
        _, answer = connection.uid("SEARCH", "CHARSET", "UTF-8", *words, *words_after)
    else:
        _, answer = connection.uid("SEARCH", *(words or ["ALL"]))
    numbers = b" ".join(part for part in answer if isinstance(part, bytes)).split()
    return sorted((int(number) for number in numbers if number.isdigit()), reverse=True)


def summaries(connection: imaplib.IMAP4, numbers: list[int]) -> list[dict[str, Any]]:
    """Sender, subject and the like of some messages, in the order of their numbers given."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(numbers), BATCH):
        wanted = ",".join(map(str, numbers[start : start + BATCH]))
        _, answer = connection.uid("FETCH", wanted, f"(UID FLAGS RFC822.SIZE {HEADERS})")
        for part in answer:
            if not isinstance(part, tuple) or not (number := re.search(rb"UID (\d+)", part[0])):
                continue
            size = re.search(rb"RFC822\.SIZE (\d+)", part[0])
            flags = re.search(rb"FLAGS \(([^)]*)\)", part[0])
            found[int(number[1])] = {
                "uid": int(number[1]),
                **summary(read_bytes(part[1])),
                "unread": b"\\seen" not in flags[1].lower() if flags else False,
                "bytes": int(size[1]) if size else 0,
            }
    return [found[number] for number in numbers if number in found]


def fetch(connection: imaplib.IMAP4, number: int, max_bytes: int) -> bytes:
    """A whole message, without marking it as read."""
    _, answer = connection.uid("FETCH", str(number), "(RFC822.SIZE)")
    size = next(
        (match for part in answer if isinstance(part, bytes) and (match := re.search(rb"SIZE (\d+)", part))), None
    )
    if size is None:
        raise FileNotFoundError(f"There is no message {number} in this mailbox; search_mail shows the numbers.")
    if int(size[1]) > max_bytes:
        raise ValueError(f"Message {number} has {int(size[1])} bytes, more than the limit of {max_bytes}.")
    _, answer = connection.uid("FETCH", str(number), "(BODY.PEEK[])")
    for part in answer:
        if isinstance(part, tuple):
            return bytes(part[1])
    raise FileNotFoundError(f"Message {number} is gone from this mailbox.")


def quoted(text: str) -> str:
    """A text as an IMAP string; control characters could say more than one thing and are refused."""
    if any(ord(character) < 32 or ord(character) == 127 for character in text) or len(text) > 1_000:
        raise ValueError("A search text or mailbox name must be one line of at most 1000 characters.")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def to_modified_utf7(text: str) -> str:
    """The name of a mailbox as IMAP writes it (RFC 3501, 5.1.3)."""

    def encode(match: re.Match[str]) -> str:
        packed = base64.b64encode(match[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{packed}-"

    return re.sub(r"[^\x20-\x7e]+", encode, text.replace("&", "&-"))


def from_modified_utf7(text: str) -> str:
    """The readable name of a mailbox; what is not well encoded is left as it is."""

    def decode(match: re.Match[str]) -> str:
        if not match[1]:
            return "&"
        packed = match[1].replace(",", "/")
        try:
            return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-16-be")
        except ValueError:
            return match[0]

    return re.sub(r"&([A-Za-z0-9+,]*)-", decode, text)


def _imap_date(text: str, name: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{name} must be a date such as 2026-05-01, not '{text}'.") from None
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"
