"""Opens PDF files within limits, picks pages from them and writes new ones."""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from workspace import existing_file, relative_name

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

MAX_FILE_BYTES = 300_000_000
MAX_PAGES = 10_000
MISSING = (
    "PDF files need the Python packages pypdf and fpdf2, and at least one is not installed here; install them with: "
    "pip install pypdf==7.1.0 fpdf2==2.8.9 pillow==13.0.0 (see requirements.txt of this skill)."
)


def library() -> Any:
    """The package that reads PDF files, or an error that says how to get it."""
    try:
        import pypdf
    except ImportError:
        raise ModuleNotFoundError(MISSING) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    return pypdf


@contextmanager
def opened(path: str, password_env: str | None = None) -> Iterator[PdfReader]:
    """Open a PDF file; what its parser makes of damage is reported as ValueError."""
    pypdf = library()
    file = existing_file(path)
    if file.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"'{path}' has more than {MAX_FILE_BYTES} bytes.")
    content = file.read_bytes()
    if b"%PDF-" not in content[:1024]:
        raise ValueError(f"'{path}' is not a PDF file.")
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(_password(password_env)):
            raise PermissionError(
                f"'{path}' is encrypted. Ask the user to put its password into an environment variable, and name that "
                "in password_env."
            )
        if not 0 < len(reader.pages) <= MAX_PAGES:
            raise ValueError(f"'{path}' has {len(reader.pages)} pages; 1 to {MAX_PAGES} can be read.")
        yield reader
    except (FileExistsError, FileNotFoundError, PermissionError, ValueError):
        raise
    except RecursionError:
        raise ValueError(f"'{path}' is damaged: its parts contain one another.") from None
    except (pypdf.errors.PyPdfError, KeyError, TypeError, AttributeError, IndexError, AssertionError) as error:
        text = str(error) or type(error).__name__
        raise ValueError(f"'{path}' is damaged or not supported: {text[:200]}.") from None
    except (NotImplementedError, pypdf.errors.DependencyError) as error:
        raise ValueError(f"'{path}' uses something that is not supported: {str(error)[:200]}.") from None


def chosen_pages(pages: str | None, count: int, path: str) -> list[int]:
    """Page numbers, counted from 0, from a text such as 1-3,5,8- or -1; None means all."""
    if pages is None:
        return list(range(count))
    chosen: list[int] = []
    for piece in pages.replace(" ", "").split(","):
        match = re.fullmatch(r"(\d{1,5})(-(\d{1,5})?)?|-(\d{1,5})", piece)
        if match is None:
            raise ValueError(f"'{pages[:60]}' does not name pages; write 1-3,5 or 8- or -1 for the last.")
        if match[4]:
            first = last = count + 1 - int(match[4])
        else:
            first = int(match[1])
            last = int(match[3]) if match[3] else count if match[2] else first
        step = 1 if first <= last else -1
        if not (1 <= first <= count and 1 <= last <= count):
            raise ValueError(f"'{path}' has {count} pages; '{piece}' is beyond them.")
        chosen += range(first - 1, last - 1 + step, step)
        if len(chosen) > MAX_PAGES:
            raise ValueError(f"More than {MAX_PAGES} pages are named.")
    return chosen


def new_document() -> PdfWriter:
    """An empty document."""
    writer: PdfWriter = library().PdfWriter()
    return writer


def add_page(writer: PdfWriter, page: PageObject) -> PageObject:
    """Add a page without what it would do by itself when it is opened."""
    added = writer.add_page(page)
    for name in ("/AA", "/Metadata", "/PieceInfo"):
        if name in added:
            del added[name]
    return added


def content_of(writer: PdfWriter, title: str | None = None) -> bytes:
    """The bytes of a document; the same pages give the same bytes."""
    if title:
        writer.add_metadata({"/Title": title})
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def name_of(path: str) -> str:
    """A path the way results report it."""
    return relative_name(existing_file(path))


def _password(variable: str | None) -> str:
    """The password from the environment; many encrypted files open with an empty one."""
    if variable is None:
        return ""
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,63}", variable):
        raise ValueError("password_env must be the name of an environment variable such as PDF_PASSWORD.")
    if variable not in os.environ:
        raise PermissionError(f"The environment variable {variable} is not set here; ask the user to grant it.")
    return os.environ[variable]
