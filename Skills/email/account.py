"""The mail account, from environment variables only, and connections to its servers over TLS."""

from __future__ import annotations

import imaplib
import ipaddress
import os
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

TIMEOUT_SECONDS = 30
# What the SMTP server is greeted with; looking up the real name would tell it, and can take seconds.
OWN_NAME = "localhost"
MAX_LITERAL_BYTES = 50_000_000
SECURITIES = {"tls", "starttls", "none"}
DEFAULT_PORTS = {"IMAP": {"tls": 993, "starttls": 143, "none": 143}, "SMTP": {"tls": 465, "starttls": 587, "none": 25}}


@dataclass
class Server:
    """Where one of the two servers is and how it is spoken to."""

    host: str
    port: int
    security: str
    username: str
    password: str = field(repr=False)
    context: ssl.SSLContext | None = field(default=None, repr=False)


def own_address() -> str | None:
    """The address that messages are sent from, if the account names it."""
    return os.environ.get("EMAIL_ADDRESS", "").strip() or None


def server(kind: str) -> Server:
    """Read the settings of the IMAP or SMTP server; nothing but the environment is asked."""
    host = _required(f"EMAIL_{kind}_HOST")
    if not re.fullmatch(r"[A-Za-z0-9.:\-]{1,253}", host):
        raise ValueError(f"The value of EMAIL_{kind}_HOST is not the name of a server.")
    given = os.environ.get(f"EMAIL_{kind}_SECURITY", "").strip().lower() or None
    port_text = os.environ.get(f"EMAIL_{kind}_PORT", "").strip()
    if port_text and not (port_text.isascii() and port_text.isdigit() and 0 < int(port_text) < 65_536):
        raise ValueError(f"The value of EMAIL_{kind}_PORT is not a port number.")
    security = given or ("starttls" if port_text in ("143", "587", "25") else "tls")
    if security not in SECURITIES:
        raise ValueError(f"EMAIL_{kind}_SECURITY must be tls or starttls (none only for this machine).")
    if security == "none" and not _is_loopback(host):
        raise PermissionError(f"{kind} without TLS is refused: a password would travel in the clear.")
    port = int(port_text) if port_text else DEFAULT_PORTS[kind][security]
    context = None
    if security != "none":
        context = ssl.create_default_context(cafile=os.environ.get("EMAIL_CA_FILE") or None)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
    return Server(host, port, security, _required("EMAIL_USERNAME"), _required("EMAIL_PASSWORD"), context)


class _Bounded:
    """Refuses an answer whose announced size alone would fill the memory."""

    def read(self, size: int) -> bytes:
        if size > MAX_LITERAL_BYTES:
            raise imaplib.IMAP4.abort(f"the server sends {size} bytes at once")
        return super().read(size)  # type: ignore[misc]


class _PlainIMAP(_Bounded, imaplib.IMAP4):
    pass


class _SecureIMAP(_Bounded, imaplib.IMAP4_SSL):
    pass


@contextmanager
def imap() -> Iterator[imaplib.IMAP4]:
    """A logged-in IMAP connection."""
    settings = server("IMAP")
    with mail_errors("IMAP", settings):
        if settings.security == "tls":
            connection: imaplib.IMAP4 = _SecureIMAP(
                settings.host, settings.port, ssl_context=settings.context, timeout=TIMEOUT_SECONDS
            )
        else:
            connection = _PlainIMAP(settings.host, settings.port, timeout=TIMEOUT_SECONDS)
        try:
            if settings.security == "starttls":
                connection.starttls(settings.context)
            try:
                connection.login(settings.username, settings.password)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                raise PermissionError("The IMAP server refused the login; ask the user to check it.") from None
            yield connection
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                connection.logout()
            with suppress(OSError):
                connection.shutdown()


@contextmanager
def smtp() -> Iterator[smtplib.SMTP]:
    """A logged-in SMTP connection."""
    settings = server("SMTP")
    with mail_errors("SMTP", settings):
        if settings.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, OWN_NAME, timeout=TIMEOUT_SECONDS, context=settings.context
            )
        else:
            connection = smtplib.SMTP(settings.host, settings.port, OWN_NAME, timeout=TIMEOUT_SECONDS)
        try:
            if settings.security == "starttls":
                connection.starttls(context=settings.context)
            try:
                connection.login(settings.username, settings.password)
            except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
                raise PermissionError("The SMTP server refused the login; ask the user to check it.") from None
            yield connection
        finally:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()


@contextmanager
def mail_errors(kind: str, settings: Server) -> Iterator[None]:
    """Report what goes wrong with a server as an error a caller can act on, without any secret."""
    place = f"The {kind} server {settings.host}:{settings.port}"
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise PermissionError(f"{place} has a certificate that is not trusted: {error.verify_message}.") from None
    except ssl.SSLError as error:
        raise ConnectionError(f"{place} cannot be reached over TLS: {error.reason}; check port and security.") from None
    except (imaplib.IMAP4.abort, smtplib.SMTPServerDisconnected) as error:
        raise ConnectionError(f"{place} ended the connection: {_short(error)}.") from None
    except imaplib.IMAP4.error as error:
        raise ValueError(f"{place} refused: {_short(error)}.") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise ValueError(f"{place} refused every recipient: {', '.join(error.recipients)}. Nothing was sent.") from None
    except smtplib.SMTPResponseException as error:
        kind_of = ConnectionError if 400 <= error.smtp_code < 500 else ValueError
        raise kind_of(f"{place} answered {error.smtp_code}: {_short(error.smtp_error)}. Nothing was sent.") from None
    except smtplib.SMTPException as error:
        raise ValueError(f"{place} refused: {_short(error)}. Nothing was sent.") from None
    except TimeoutError:
        raise TimeoutError(f"{place} did not answer in time; try again later.") from None
    except OSError as error:
        if error.errno is None or isinstance(error, FileNotFoundError | FileExistsError | PermissionError):
            raise  # One of our own, or about a file of the workspace.
        raise ConnectionError(f"{place} cannot be reached: {error.strerror or error}.") from None


def _required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise PermissionError(f"The environment variable {name} is not set here; ask the user to grant it.")
    return value


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _short(error: object) -> str:
    text = error.decode("utf-8", "replace") if isinstance(error, bytes) else str(error)
    return " ".join(text.split())[:300].rstrip(".") or "without a reason"
