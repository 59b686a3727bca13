"""Sends a draft once: what was approved is what is sent, and a sent draft is not sent again."""

from __future__ import annotations

import email.policy
import hashlib
import json
import os
import smtplib
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from account import own_address, smtp
from messages import addresses, read_bytes

MAX_MESSAGE_BYTES = 30_000_000
RECIPIENT_HEADERS = ("To", "Cc", "Bcc")


def digest_of(content: bytes) -> str:
    """What names exactly this draft."""
    return hashlib.sha256(content).hexdigest()


def send(file: Path, name: str, digest: str, recipients: list[str]) -> tuple[str, list[str], list[str]]:
    """Send a draft; return its identifier, who got it, and who was refused by the server."""
    content = file.read_bytes()
    if len(content) > MAX_MESSAGE_BYTES:
        raise ValueError(f"The message has {len(content)} bytes, more than the limit of {MAX_MESSAGE_BYTES}.")
    if digest != digest_of(content):
        raise ValueError(
            f"'{name}' is not the draft that was shown: its digest differs. Read it and ask the user again."
        )
    message = read_bytes(content)
    found = addresses(message, *RECIPIENT_HEADERS)
    if not found:
        raise ValueError(f"'{name}' has no recipients.")
    if sorted(one.lower() for one in recipients) != sorted(one.lower() for one in found):
        raise ValueError(
            f"The recipients of '{name}' are {', '.join(found)}; name exactly these after the user agreed."
        )
    sender = own_address()
    if sender is None:
        raise PermissionError("The environment variable EMAIL_ADDRESS is not set here; ask the user to grant it.")
    written_by = addresses(message, "From")
    if written_by and [one.lower() for one in written_by] != [sender.lower()]:
        raise PermissionError(f"The draft is from {', '.join(written_by)}, the account is {sender}; that is refused.")
    refused = _send_once(message, file, sender, found)
    identifier = str(message["Message-ID"] or "")
    return identifier, [one for one in found if one not in refused], refused


def _send_once(message: EmailMessage, file: Path, sender: str, recipients: list[str]) -> list[str]:
    """Keep a note beside the draft, written before anything leaves, so that no crash can send twice."""
    note = file.with_name(file.name + ".sent.json")
    try:
        descriptor = os.open(note, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        state = "was sent already"
        with suppress(ValueError, OSError):
            if json.loads(note.read_text()).get("state") != "sent":
                state = "may have been sent: the last attempt ended without an answer. Look into the sent mailbox"
        raise FileExistsError(f"'{file.name}' {state}; write a new draft to send it again.") from None
    with os.fdopen(descriptor, "w") as opened:
        json.dump({"state": "sending", "recipients": recipients}, opened)
    is_outcome_known = True
    try:
        del message["Bcc"]
        if not message["From"]:
            message["From"] = sender
        content = message.as_bytes(policy=email.policy.SMTP)
        with smtp() as connection:
            is_outcome_known = False
            try:
                refused = list(connection.sendmail(sender, recipients, content))
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
                is_outcome_known = True
                raise
    except BaseException:
        if is_outcome_known:
            note.unlink(missing_ok=True)
        raise
    sent = {"state": "sent", "time": datetime.now(UTC).isoformat(timespec="seconds"), "recipients": recipients}
    note.write_text(json.dumps(sent))
    return refused
