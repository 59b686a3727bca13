"""SMTP and IMAP servers on the loopback interface: small, real, with TLS, and remembering what they were told."""

from __future__ import annotations

import abc
import base64
import contextlib
import email
import email.policy
import re
import shutil
import socketserver
import ssl
import subprocess
import threading
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path

HAS_OPENSSL = shutil.which("openssl") is not None
USER, PASSWORD = "ada", 'pass"word\\1'


def certificate(folder: str) -> str:
    """A new self-signed certificate for this machine; key and certificate in one file."""
    path = Path(folder) / "server.pem"
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    files = ["-subj", "/CN=localhost", "-addext", names, "-keyout", str(path) + ".key", "-out", str(path)]
    subprocess.run([*command, *files], check=True, capture_output=True)
    path.write_text(Path(str(path) + ".key").read_text() + path.read_text())
    return str(path)


@dataclass
class Stored:
    """One message of a mailbox."""

    content: bytes
    flags: set[str] = field(default_factory=set)


class MailServer:
    """Listens on a free port; `security` is tls, starttls or none."""

    def __init__(self, handler: type[Session], security: str, pem: str | None) -> None:
        self.context = None
        if security != "none":
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(pem or "")
        self.security = security
        self.commands: list[str] = []
        self.sent: list[tuple[str, list[str], bytes]] = []
        self.mailboxes: dict[str, list[Stored]] = {}
        self.refused: set[str] = set()
        self.after_data: str | None = "250 taken"
        server = self

        class Handler(handler):  # type: ignore[misc, valid-type]
            mail = server

        self._server = _QuietServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _QuietServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up during the handshake is part of the tests."""


class Session(socketserver.StreamRequestHandler):
    """Lines in, lines out, over a socket that may become a TLS one."""

    mail: MailServer
    wbufsize = -1  # An answer leaves as one packet, else each would wait for the other side's acknowledgement.

    def setup(self) -> None:
        self.is_secure = False
        if self.mail.security == "tls":
            self.secure()
        super().setup()

    def secure(self) -> None:
        assert self.mail.context is not None
        self.request = self.connection = self.mail.context.wrap_socket(self.request, server_side=True)
        self.is_secure = True

    def start_tls(self) -> None:
        self.secure()
        super().setup()

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()
        self.connection.close()

    def say(self, *lines: str | bytes) -> None:
        for line in lines:
            self.wfile.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")
        self.wfile.flush()

    def hear(self) -> str | None:
        line = self.rfile.readline()
        if not line:
            return None
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        self.mail.commands.append(text)
        return text

    def handle(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # The other side may hang up at any time.
            self.converse()

    @abc.abstractmethod
    def converse(self) -> None:
        """Speaks the protocol until one side has had enough."""


class SMTPSession(Session):
    def converse(self) -> None:
        self.say("220 localhost ESMTP")
        sender, recipients, is_in = "", [], False
        while (line := self.hear()) is not None:
            verb = line.split(" ")[0].upper()
            if verb == "EHLO":
                offers = ["AUTH PLAIN"] + (
                    ["STARTTLS"] if self.mail.security == "starttls" and not self.is_secure else []
                )
                self.say("250-localhost", *(f"250-{offer}" for offer in offers[:-1]), f"250 {offers[-1]}")
            elif verb == "STARTTLS":
                self.say("220 go")
                self.start_tls()
            elif verb == "AUTH":
                expected = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
                is_in = line.split(" ")[-1] == expected
                self.say("235 welcome" if is_in else "535 wrong")
            elif verb == "MAIL":
                sender, recipients = re.findall(r"<(.*?)>", line)[0], []
                self.say("250 ok" if is_in else "530 login first")
            elif verb == "RCPT":
                address = re.findall(r"<(.*?)>", line)[0]
                is_known = address not in self.mail.refused
                recipients += [address] if is_known else []
                self.say("250 ok" if is_known else "550 nobody here")
            elif verb == "DATA":
                self.say("354 go on")
                lines = []
                while (data := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(data[1:] if data.startswith(b".") else data)
                self.mail.sent.append((sender, recipients, b"".join(lines)))
                if self.mail.after_data is None:
                    return
                self.say(self.mail.after_data)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class IMAPSession(Session):
    def converse(self) -> None:
        self.say("* OK ready")
        box: list[Stored] = []
        is_in = False
        while (line := self.hear()) is not None:
            tag, _, rest = line.partition(" ")
            words = self.words(rest)
            verb = words[0].upper()
            if verb == "CAPABILITY":
                offer = " STARTTLS" if self.mail.security == "starttls" and not self.is_secure else ""
                self.say(f"* CAPABILITY IMAP4rev1{offer}", f"{tag} OK done")
            elif verb == "STARTTLS":
                self.say(f"{tag} OK go")
                self.start_tls()
            elif verb == "LOGIN":
                is_in = words[1:3] == [USER, PASSWORD]
                self.say(f"{tag} OK done" if is_in else f"{tag} NO wrong")
            elif verb == "LOGOUT":
                self.say("* BYE", f"{tag} OK done")
                return
            elif not is_in:
                self.say(f"{tag} BAD login first")
            elif verb == "LIST":
                for name in self.mail.mailboxes:
                    written = name.replace('"', '\\"')
                    self.say(f'* LIST (\\HasNoChildren) "/" "{written}"')
                self.say('* LIST (\\Noselect) "/" "[Folder]"', f"{tag} OK done")
            elif verb == "STATUS":
                stored = self.mail.mailboxes[words[1]]
                unseen = sum("\\Seen" not in message.flags for message in stored)
                self.say(f'* STATUS "{words[1]}" (MESSAGES {len(stored)} UNSEEN {unseen})', f"{tag} OK done")
            elif verb in ("EXAMINE", "SELECT"):
                box = self.mail.mailboxes.get(words[1], [])
                exists = words[1] in self.mail.mailboxes
                self.say(*([f"* {len(box)} EXISTS", f"{tag} OK done"] if exists else [f"{tag} NO no such mailbox"]))
            elif verb == "UID" and words[1].upper() == "SEARCH":
                found = [n for n, message in enumerate(box, start=1) if self.fits(message, words[2:])]
                self.say("* SEARCH " + " ".join(map(str, found)), f"{tag} OK done")
            elif verb == "UID":
                self.fetch(box, words[2], rest, tag)
            else:
                self.say(f"{tag} BAD unknown")

    def words(self, text: str) -> list[str]:
        """Split atoms, quoted strings and one literal at the end."""
        literal = re.search(r"\{(\d+)\}$", text)
        found = [
            re.sub(r"\\(.)", r"\1", quoted) if quoted or not atom else atom
            for quoted, atom in re.findall(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)', text)
        ]
        if literal:
            self.say("+ go on")
            content = self.rfile.read(int(literal[1])).decode()
            self.rfile.readline()
            found[-1] = content
        return found

    def fits(self, stored: Stored, words: list[str]) -> bool:
        message = email.message_from_bytes(stored.content, policy=email.policy.default)
        while words:
            key = words.pop(0).upper()
            if key == "CHARSET":
                words.pop(0)
            elif key == "UNSEEN":
                if "\\Seen" in stored.flags:
                    return False
            elif key in ("SINCE", "BEFORE"):
                day = parsedate_to_datetime(f"{words.pop(0).replace('-', ' ')} 00:00:00 +0000")
                if (parsedate_to_datetime(str(message["Date"])) >= day) != (key == "SINCE"):
                    return False
            elif key != "ALL":
                wanted = words.pop(0).lower()
                text = str(message) if key == "TEXT" else str(message[key] or "")
                body = message.get_body(("plain",)) if key == "TEXT" else None
                if wanted not in (text + (body.get_content() if body else "")).lower():
                    return False
        return True

    def fetch(self, box: list[Stored], wanted: str, request: str, tag: str) -> None:
        for number in map(int, wanted.split(",")):
            if number > len(box):
                continue
            stored = box[number - 1]
            start = f"* {number} FETCH (UID {number} RFC822.SIZE {len(stored.content)}"
            if "BODY" not in request:
                self.say(start + ")")
                continue
            part = stored.content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in request else stored.content
            name = re.findall(r"BODY\.PEEK(\[.*\])", request)[0]
            self.say(f"{start} FLAGS ({' '.join(stored.flags)}) BODY{name} {{{len(part)}}}".encode())
            self.say(part + b")")
        self.say(f"{tag} OK done")
