"""Tools of the email skill: look into mailboxes, read messages, write drafts and send them after approval."""

from __future__ import annotations

import re
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import mailbox_search  # noqa: E402
from account import imap, own_address  # noqa: E402
from messages import addresses, attachments, body_text, header, new_message, read_bytes, summary  # noqa: E402
from outbox import MAX_MESSAGE_BYTES, RECIPIENT_HEADERS, digest_of, send  # noqa: E402
from workspace import existing_file, relative_name, save  # noqa: E402

__all__ = [
    "list_mailboxes",
    "search_mail",
    "read_message",
    "read_message_file",
    "save_attachments",
    "write_draft",
    "send_message",
]

MAX_LISTED = 200
MAX_MAILBOXES = 200
MAX_TEXT_CHARACTERS = 20_000
MAX_BODY_CHARACTERS = 200_000
MAX_ATTACHMENTS = 100


def list_mailboxes() -> dict[str, Any]:
    """List the mailboxes of the account with their numbers of messages."""
    with imap() as connection:
        found = list(mailbox_search.mailboxes(connection))
        listed = []
        for name, written in found[:MAX_MAILBOXES]:
            messages, unread = mailbox_search.counts(connection, written)
            listed.append({"name": name, "messages": messages, "unread": unread})
    return {"mailboxes": listed, "truncated": len(found) > MAX_MAILBOXES}


def search_mail(
    mailbox: str = "INBOX",
    text: str | None = None,
    sender: str | None = None,
    recipient: str | None = None,
    subject: str | None = None,
    since: str | None = None,
    before: str | None = None,
    unread: bool = False,
    max_messages: int = 20,
) -> dict[str, Any]:
    """Find messages of a mailbox, newest first; without criteria the newest of all."""
    _check_limit("max_messages", max_messages, MAX_LISTED)
    criteria = {
        "TEXT": text,
        "FROM": sender,
        "TO": recipient,
        "SUBJECT": subject,
        "SINCE": since,
        "BEFORE": before,
    }
    with imap() as connection:
        mailbox_search.select(connection, mailbox)
        numbers = mailbox_search.search(connection, criteria, unread)
        messages = mailbox_search.summaries(connection, numbers[:max_messages])
    return {
        "mailbox": mailbox,
        "messages": messages,
        "count": len(numbers),
        "truncated": len(numbers) > max_messages,
    }


def read_message(uid: int, mailbox: str = "INBOX", path: str | None = None) -> dict[str, Any]:
    """Read a message of a mailbox and save it as a file; it is not marked as read."""
    with imap() as connection:
        mailbox_search.select(connection, mailbox)
        content = mailbox_search.fetch(connection, uid, MAX_MESSAGE_BYTES)
    message = read_bytes(content)
    saved = save(content, path, f"mail/{_slug(header(message, 'Subject'))}.eml")
    return {"path": saved, **_described(message)}


def read_message_file(path: str) -> dict[str, Any]:
    """Read a message or draft from an .eml file, with the digest that sending it needs."""
    file = existing_file(path)
    content = _content(file)
    message = read_bytes(content)
    return {
        "path": relative_name(file),
        **_described(message),
        "recipients": addresses(message, *RECIPIENT_HEADERS),
        "digest": digest_of(content),
    }


def save_attachments(path: str, folder: str | None = None) -> dict[str, Any]:
    """Save the attachments of an .eml file as files of their own."""
    file = existing_file(path)
    target = folder or f"{Path(path).with_suffix('')}-attachments"
    saved = []
    for name, kind, content in attachments(read_bytes(_content(file))):
        if len(saved) == MAX_ATTACHMENTS:
            raise ValueError(f"'{path}' has more than {MAX_ATTACHMENTS} attachments.")
        saved.append({"path": save(content, None, f"{target}/{name}"), "media_type": kind, "bytes": len(content)})
    return {"path": relative_name(file), "attachments": saved}


def write_draft(
    to: list[str],
    subject: str,
    body: str,
    cc: list[str] | None = None,
    bcc: list[str] | None = None,
    attachments: list[str] | None = None,
    reply_to: str | None = None,
    path: str | None = None,
) -> dict[str, Any]:
    """Write a message as an .eml file; nothing is sent."""
    if len(body) > MAX_BODY_CHARACTERS:
        raise ValueError(f"body may have at most {MAX_BODY_CHARACTERS} characters; attach a file instead.")
    attached = [(existing_file(name).name, _content(existing_file(name))) for name in attachments or []]
    answered = read_bytes(_content(existing_file(reply_to))) if reply_to else None
    recipients = {"To": to, "Cc": cc or [], "Bcc": bcc or []}
    message = new_message(own_address(), recipients, subject, body, attached, answered)
    content = message.as_bytes()
    if len(content) > MAX_MESSAGE_BYTES:
        raise ValueError(f"The message has {len(content)} bytes, more than {MAX_MESSAGE_BYTES}; attach less.")
    saved = save(content, path, f"drafts/{_slug(subject)}.eml")
    written = read_bytes(content)
    return {
        "path": saved,
        "digest": digest_of(content),
        "from": header(written, "From") or None,
        "recipients": addresses(written, *RECIPIENT_HEADERS),
        "subject": header(written, "Subject"),
        "body": body[:MAX_TEXT_CHARACTERS],
        "attachments": [name for name, _ in attached],
        "bytes": len(content),
    }


def send_message(path: str, digest: str, recipients: list[str]) -> dict[str, Any]:
    """Send a draft exactly as it was shown to the user, once."""
    file = existing_file(path)
    identifier, sent_to, refused = send(file, relative_name(file), digest, recipients)
    return {"path": relative_name(file), "message_id": identifier, "sent_to": sent_to, "refused": refused}


def _described(message: EmailMessage) -> dict[str, Any]:
    text = body_text(message)
    return {
        **summary(message),
        "text": text[:MAX_TEXT_CHARACTERS],
        "truncated": len(text) > MAX_TEXT_CHARACTERS,
        "attachments": [
            {"name": name, "media_type": kind, "bytes": len(content)} for name, kind, content in attachments(message)
        ][:MAX_ATTACHMENTS],
    }


def _content(file: Path) -> bytes:
    if file.stat().st_size > MAX_MESSAGE_BYTES:
        raise ValueError(f"'{relative_name(file)}' has more than {MAX_MESSAGE_BYTES} bytes.")
    return file.read_bytes()


def _slug(subject: str) -> str:
    """A file name made from a subject."""
    return re.sub(r"\W+", "-", subject.lower())[:60].strip("-") or "message"


def _check_limit(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise ValueError(f"{name} must be between 1 and {most}.")
