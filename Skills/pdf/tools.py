"""Tools of the pdf skill: describe, read, merge, split, rotate and create PDF documents."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from documents import add_page, chosen_pages, content_of, name_of, new_document, opened  # noqa: E402
from typesetting import Typesetter, pages_of  # noqa: E402
from workspace import existing_file, relative_name, save  # noqa: E402

__all__ = ["pdf_info", "extract_pdf_text", "merge_pdfs", "split_pdf", "rotate_pdf", "create_pdf"]

MAX_INLINE_CHARACTERS = 20_000
MAX_TEXT_CHARACTERS = 2_000_000
MAX_MERGED = 200
MAX_PARTS = 500
POINTS_PER_MILLIMETRE = 72 / 25.4
PAGE_SIZES = {"A4", "A3", "A5", "Letter", "Legal"}
MARKDOWN = {".md", ".markdown"}


def pdf_info(path: str, password_env: str | None = None) -> dict[str, Any]:
    """Describe a PDF file: pages, size, title, and what it could do or hold."""
    with opened(path, password_env) as reader:
        notes = reader.metadata or {}
        first = reader.pages[0].mediabox
        root = reader.root_object
        names = root.get("/Names", {}).get_object() if root.get("/Names") is not None else {}
        return {
            "path": name_of(path),
            "page_count": len(reader.pages),
            "width_mm": round(float(first.width) / POINTS_PER_MILLIMETRE),
            "height_mm": round(float(first.height) / POINTS_PER_MILLIMETRE),
            "title": _noted(notes, "/Title"),
            "author": _noted(notes, "/Author"),
            "created": _noted(notes, "/CreationDate"),
            "producer": _noted(notes, "/Producer"),
            "encrypted": bool(reader.is_encrypted),
            "has_form": "/AcroForm" in root,
            "has_scripts": "/JavaScript" in names or "/AA" in root or _acts(root.get("/OpenAction")),
            "has_attachments": "/EmbeddedFiles" in names,
            "bytes": existing_file(path).stat().st_size,
        }


def extract_pdf_text(
    path: str, pages: str | None = None, output: str | None = None, password_env: str | None = None
) -> dict[str, Any]:
    """Extract the text of a PDF file page by page, save it and return the beginning."""
    texts: list[str] = []
    size = 0
    with opened(path, password_env) as reader:
        wanted = chosen_pages(pages, len(reader.pages), path)
        for number in wanted:
            text = (reader.pages[number].extract_text() or "").encode("utf-8", "replace").decode("utf-8").strip()
            size += len(text)
            if size > MAX_TEXT_CHARACTERS:
                raise ValueError(f"The text has more than {MAX_TEXT_CHARACTERS} characters; name fewer pages.")
            texts.append(text)
        name = name_of(path)
    whole = "\n\n".join(texts)
    empty = [number + 1 for number, text in zip(wanted, texts, strict=True) if not text]
    saved = save(whole.encode() + b"\n", output, f"{Path(path).with_suffix('')}.txt")
    return {
        "path": saved,
        "source": name,
        "text": whole[:MAX_INLINE_CHARACTERS],
        "truncated": len(whole) > MAX_INLINE_CHARACTERS,
        "characters": len(whole),
        "page_count": len(wanted),
        "pages_without_text": empty[:200],
    }


def merge_pdfs(paths: list[str], output: str | None = None, title: str | None = None) -> dict[str, Any]:
    """Put PDF files one after the other into a new one, with a bookmark for each."""
    if not 2 <= len(paths) <= MAX_MERGED:
        raise ValueError(f"Give 2 to {MAX_MERGED} PDF files to merge.")
    writer = new_document()
    count = 0
    for path in paths:
        with opened(path) as reader:
            for page in reader.pages:
                add_page(writer, page)
            writer.add_outline_item(title=Path(path).stem[:200], page_number=count)
            count += len(reader.pages)
    content = content_of(writer, _checked_title(title))
    saved = save(content, output, str(Path(paths[0]).with_name("merged.pdf")))
    return {"path": saved, "page_count": count, "bytes": len(content), "sources": [name_of(path) for path in paths]}


def split_pdf(
    path: str,
    pages: str | None = None,
    every: int | None = None,
    output: str | None = None,
    password_env: str | None = None,
) -> dict[str, Any]:
    """Take some pages into one new file, or cut the whole into files of `every` pages."""
    if (pages is None) == (every is None):
        raise ValueError("Give pages for one new file, or every for several files of so many pages.")
    if every is not None and (every < 1 or output is not None):
        raise ValueError("every must be at least 1, and the files it makes name themselves: leave output out.")
    files: list[dict[str, Any]] = []
    with opened(path, password_env) as reader:
        count = len(reader.pages)
        wanted = chosen_pages(pages, count, path)
        size = every or len(wanted)
        if (len(wanted) + size - 1) // size > MAX_PARTS:
            raise ValueError(f"That would make more than {MAX_PARTS} files; choose a larger number of pages.")
        stem = Path(path).with_suffix("")
        for start in range(0, len(wanted), size):
            part = wanted[start : start + size]
            writer = new_document()
            for number in part:
                add_page(writer, reader.pages[number])
            name = f"{stem}-{part[0] + 1}.pdf" if len(part) == 1 else f"{stem}-{part[0] + 1}-{part[-1] + 1}.pdf"
            files.append({"path": save(content_of(writer), output, name), "page_count": len(part)})
    return {"path": files[0]["path"], "files": files, "source": name_of(path)}


def rotate_pdf(
    path: str,
    degrees: int,
    pages: str | None = None,
    output: str | None = None,
    password_env: str | None = None,
) -> dict[str, Any]:
    """Turn pages clockwise in a new file; the other pages are copied as they are."""
    if degrees not in (90, 180, 270):
        raise ValueError("degrees must be 90, 180 or 270.")
    writer = new_document()
    with opened(path, password_env) as reader:
        turned = set(chosen_pages(pages, len(reader.pages), path))
        for number, page in enumerate(reader.pages):
            added = add_page(writer, page)
            if number in turned:
                added.rotate(degrees)
    content = content_of(writer)
    saved = save(content, output, f"{Path(path).with_suffix('')}-rotated.pdf")
    return {
        "path": saved,
        "page_count": len(writer.pages),
        "rotated_pages": len(turned),
        "bytes": len(content),
        "source": name_of(path),
    }


def create_pdf(
    path: str | None = None,
    text: str | None = None,
    markdown: bool = True,
    title: str | None = None,
    page_size: str = "A4",
    font_size: float = 11,
    font: str | None = None,
    output: str | None = None,
) -> dict[str, Any]:
    """Set a Markdown or text file, or a given text, as a PDF document."""
    if (path is None) == (text is None):
        raise ValueError("Give path, or text, but not both.")
    if page_size not in PAGE_SIZES:
        raise ValueError(f"page_size must be one of {', '.join(sorted(PAGE_SIZES))}.")
    if not 5 <= font_size <= 40:
        raise ValueError("font_size must be between 5 and 40 points.")
    # The date of the source, or of the day, so that a repeated call gives the same file.
    created = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    default = "document.pdf"
    if path is not None:
        file = existing_file(path)
        created = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
        default = f"{Path(path).with_suffix('')}.pdf"
        markdown = markdown and file.suffix.lower() in MARKDOWN
        text = _text_of(file)
    assert text is not None
    if not text.strip() or len(text) > MAX_TEXT_CHARACTERS:
        raise ValueError(f"There must be a text of 1 to {MAX_TEXT_CHARACTERS} characters.")
    text = "".join(letter for letter in text if letter in "\n\r\t" or (ord(letter) >= 32 and ord(letter) != 127))
    setter = Typesetter(page_size, font_size, _checked_title(title), created)
    setter.use_letters_for(text + (title or ""), font)
    setter.write(text, markdown)
    content = setter.content()
    return {
        "path": save(content, output, default),
        "page_count": pages_of(setter.pdf),
        "bytes": len(content),
        "missing_letters": "".join(sorted(setter.missing))[:200],
    }


def _text_of(file: Path) -> str:
    if file.stat().st_size > MAX_TEXT_CHARACTERS * 4:
        raise ValueError(f"'{relative_name(file)}' is too large to be set as a document.")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"'{relative_name(file)}' is not UTF-8 text.") from None


def _checked_title(title: str | None) -> str | None:
    if title is not None and (len(title) > 300 or any(ord(letter) < 32 for letter in title)):
        raise ValueError("title must be one line of at most 300 characters.")
    return title or None


def _acts(opening: Any) -> bool:
    """Whether a document does more when it is opened than to show a certain page."""
    action = opening.get_object() if opening is not None else None
    return isinstance(action, dict) and action.get("/S") != "/GoTo"


def _noted(notes: Any, name: str) -> str | None:
    value = notes.get(name)
    return None if value is None else str(value)[:300]
