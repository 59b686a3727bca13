"""Messages as the tools show them, and drafts as they are written: addresses and headers are checked."""

from __future__ import annotations

import email
import email.policy
import mimetypes
import re
from collections.abc import Iterator
from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.utils import format_datetime, getaddresses, localtime, make_msgid, parsedate_to_datetime
from pathlib import Path
from typing import Any

from html_text import read_page

MAX_RECIPIENTS = 50
MAX_SUBJECT_CHARACTERS = 250
MAX_PARTS = 500
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


def read_bytes(content: bytes) -> EmailMessage:
    """Parse a message; anything can be parsed, and what is damaged shows as little."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def header(message: Message, name: str) -> str:
    """A header as one line of text; the parser stumbles over some that strangers write."""
    try:
        value = message.get(name)
        text = "" if value is None else str(value)
    except Exception:  # The parser of damaged headers raises whatever its bugs make of them.
        text = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    return " ".join(text.split())[:2_000]


def addresses(message: Message, *names: str) -> list[str]:
    """The plain addresses of some headers, each once."""
    found = [address for _, address in getaddresses([header(message, name) for name in names]) if "@" in address]
    return list(dict.fromkeys(found))


def summary(message: Message) -> dict[str, Any]:
    """Who wrote what to whom, and when."""
    return {
        "from": header(message, "From"),
        "to": addresses(message, "To"),
        "cc": addresses(message, "Cc"),
        "subject": header(message, "Subject"),
        "date": _date(header(message, "Date")),
        "message_id": header(message, "Message-ID"),
    }


def body_text(message: EmailMessage) -> str:
    """The text of a message: its plain part, else what a reader of its HTML part sees."""
    for kind in ("plain", "html"):
        try:
            part = message.get_body((kind,))
        except Exception:  # As above: damaged structure raises from inside the parser.
            part = None
        if part is None:
            continue
        text = _decoded(part)
        return (read_page(text).text if kind == "html" else text).replace("\r\n", "\n").strip()
    return ""


def attachments(message: EmailMessage) -> Iterator[tuple[str, str, bytes]]:
    """Name, media type and content of each attachment; names are made harmless."""
    for number, part in enumerate(_parts(message), start=1):
        disposition = part.get_content_disposition()
        name = part.get_filename() or ""
        if disposition != "attachment" and not name:
            continue
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        kind = part.get_content_type()
        if kind == "message/rfc822" and not content:
            inner = part.get_payload()
            content = inner[0].as_bytes() if isinstance(inner, list) and inner else b""
        yield harmless_name(name, f"attachment-{number}", kind), kind, content


def harmless_name(name: str, fallback: str, kind: str) -> str:
    """A file name without folders or odd characters."""
    last = re.split(r"[/\\]", name)[-1]
    cleaned = re.sub(r"[^\w.\- ]+", "-", last).strip("-. ")
    if not cleaned:
        cleaned = fallback + (mimetypes.guess_extension(kind) or ".bin")
    stem, suffix = Path(cleaned).stem[:100], Path(cleaned).suffix[:12]
    return stem + suffix


def checked_addresses(given: list[str], name: str) -> list[Address]:
    """Addresses such as `ada@example.org` or `Ada <ada@example.org>`; anything that could add a header is refused."""
    found = []
    for text in given:
        if not isinstance(text, str) or re.search(r"[\x00-\x1f\x7f]", text):
            raise ValueError(f"{name} holds a line break or control character; that is not an address.")
        parsed = [pair for pair in getaddresses([text]) if pair[1]]
        if len(parsed) != 1 or not ADDRESS.fullmatch(parsed[0][1]) or ".." in parsed[0][1]:
            raise ValueError(f"'{text[:100]}' in {name} is not one email address, such as ada@example.org.")
        found.append(Address(display_name=parsed[0][0], addr_spec=parsed[0][1]))
    return found


def new_message(
    sender: str | None,
    recipients: dict[str, list[str]],
    subject: str,
    body: str,
    attached: list[tuple[str, bytes]],
    reply_to: EmailMessage | None,
) -> EmailMessage:
    """Write a message; the date and the identifier are set now."""
    if re.search(r"[\x00-\x1f\x7f]", subject) or len(subject) > MAX_SUBJECT_CHARACTERS or not subject.strip():
        raise ValueError(f"subject must be one line of 1 to {MAX_SUBJECT_CHARACTERS} characters.")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", body):
        raise ValueError("body must be plain text without control characters.")
    message = EmailMessage(policy=email.policy.SMTP)
    if sender:
        message["From"] = checked_addresses([sender], "EMAIL_ADDRESS")[0]
    count = 0
    for name, given in recipients.items():
        checked = checked_addresses(given, name.lower())
        count += len(checked)
        if checked:
            message[name] = checked
    if not 1 <= count <= MAX_RECIPIENTS:
        raise ValueError(f"A message has 1 to {MAX_RECIPIENTS} recipients; this one has {count}.")
    message["Subject"] = subject
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=(sender or "").rpartition("@")[2].rstrip(">") or "mail.invalid")
    if reply_to is not None and (identifier := header(reply_to, "Message-ID")):
        known = f"{header(reply_to, 'References')} {identifier}".split()
        known = [one for one in known if re.fullmatch(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>", one)][-20:]
        if known:
            message["In-Reply-To"] = known[-1]
            message["References"] = " ".join(known)
    message.set_content(body if body.endswith("\n") else body + "\n")
    for name, content in attached:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return content.decode(charset)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _parts(message: Message) -> Iterator[Message]:
    """The leaves of a message, each attached message as a whole."""
    waiting, seen = [message], 0
    while waiting and seen < MAX_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting[:0] = part.get_payload()  # type: ignore[arg-type]
        elif part is not message or part.get_filename():
            yield part


def _date(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
