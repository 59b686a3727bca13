"""Tools of the archive skill: list, read, check, unpack and create zip and tar archives."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from archive_formats import CHUNK_BYTES, format_by_name, format_of, read_entries, without_ending  # noqa: E402
from packing import pack, select  # noqa: E402
from unpacking import safe_name, unpack  # noqa: E402
from workspace import existing_file, relative_name, save, writable_path  # noqa: E402

__all__ = ["list_archive", "read_archived_file", "verify_archive", "extract_archive", "create_archive"]

MAX_LISTED = 2_000
MAX_NAMED = 200
MAX_TEXT_CHARACTERS = 20_000
MAX_MEMBER_BYTES = 20_000_000
MAX_EXTRACTED_BYTES = 10_000_000_000


def list_archive(path: str, pattern: str = "*", max_entries: int = 200) -> dict[str, Any]:
    """List what an archive holds, without unpacking it."""
    _check_limit("max_entries", max_entries, MAX_LISTED)
    file = existing_file(path)
    entries: list[dict[str, Any]] = []
    count = files = total = 0
    for entry in read_entries(file):
        files += entry.kind == "file"
        total += entry.bytes
        if fnmatchcase(entry.name, pattern):
            count += 1
            if len(entries) < max_entries:
                entries.append({"name": entry.name, "kind": entry.kind, "bytes": entry.bytes, "changed": entry.changed})
    return {
        "path": relative_name(file),
        "format": format_of(file),
        "entries": entries,
        "matching_count": count,
        "file_count": files,
        "unpacked_bytes": total,
        "truncated": count > len(entries),
    }


def read_archived_file(path: str, member: str) -> dict[str, Any]:
    """Read one text file of an archive, without unpacking the rest."""
    file = existing_file(path)
    for entry in read_entries(file):
        if entry.name.removeprefix("./") != member.removeprefix("./") or entry.kind != "file":
            continue
        content, size = bytearray(), 0
        for chunk in entry.chunks():
            content += chunk
            size += len(chunk)
            if size > MAX_MEMBER_BYTES:
                raise ValueError(f"'{member}' has more than {MAX_MEMBER_BYTES} bytes; unpack it with extract_archive.")
        try:
            if b"\0" in content[:8192]:
                raise UnicodeError
            text = content.decode("utf-8-sig")
        except UnicodeError:
            raise ValueError(f"'{member}' is not UTF-8 text; unpack it with extract_archive instead.") from None
        return {
            "path": relative_name(file),
            "member": entry.name,
            "bytes": size,
            "text": text[:MAX_TEXT_CHARACTERS],
            "truncated": len(text) > MAX_TEXT_CHARACTERS,
        }
    raise FileNotFoundError(f"'{path}' holds no file '{member}'; list_archive shows the exact names.")


def verify_archive(path: str) -> dict[str, Any]:
    """Read every byte of an archive and report damage and entries that would not be unpacked."""
    file = existing_file(path)
    problems: list[dict[str, str | None]] = []
    files = total = 0
    try:
        names: set[str] = set()
        for entry in read_entries(file):
            try:
                name = safe_name(entry.name)
            except (ValueError, PermissionError):
                problems.append({"name": entry.name[:300], "problem": "unsafe name"})
                continue
            if entry.kind in ("link", "special"):
                problems.append({"name": name, "problem": f"{entry.kind}, left out when unpacking"})
            elif entry.kind == "file":
                files += 1
                if name.casefold() in names:
                    problems.append({"name": name, "problem": "occurs twice"})
                names.add(name.casefold())
                for chunk in entry.chunks():
                    total += len(chunk)
                    if total > MAX_EXTRACTED_BYTES:
                        raise ValueError(f"It unpacks to more than {MAX_EXTRACTED_BYTES} bytes.")
    except ValueError as error:
        problems.append({"name": None, "problem": str(error)})
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "path": relative_name(file),
        "ok": not problems,
        "file_count": files,
        "unpacked_bytes": total,
        "sha256": digest,
        "problems": problems[:MAX_NAMED],
        "truncated": len(problems) > MAX_NAMED,
    }


def extract_archive(
    path: str, folder: str | None = None, members: list[str] | None = None, max_bytes: int = 1_000_000_000
) -> dict[str, Any]:
    """Unpack an archive, or some of its members, into a new folder."""
    _check_limit("max_bytes", max_bytes, MAX_EXTRACTED_BYTES)
    if members is not None and not members:
        raise ValueError("members must name at least one file, folder or pattern; leave it out for everything.")
    file = existing_file(path)
    unpacked = unpack(file, folder, str(Path(path).parent / without_ending(file.name)), members, max_bytes)
    return {
        "folder": unpacked.folder,
        "files": [f"{unpacked.folder}/{name}" for name in unpacked.files[:MAX_NAMED]],
        "file_count": len(unpacked.files),
        "bytes": unpacked.bytes,
        "skipped": unpacked.skipped[:MAX_NAMED],
        "truncated": len(unpacked.files) > MAX_NAMED or len(unpacked.skipped) > MAX_NAMED,
    }


def create_archive(
    paths: list[str], output: str | None = None, base: str | None = None, exclude: list[str] | None = None
) -> dict[str, Any]:
    """Pack files and folders; the ending of `output` chooses the format, and equal contents give equal bytes."""
    if not paths:
        raise ValueError("paths must name at least one file or folder to pack.")
    default = f"{(len(paths) == 1 and Path(paths[0]).name) or 'archive'}.zip"
    kind = format_by_name(output or default)
    if kind is None:
        raise ValueError(f"'{output}' must end in .zip, .tar, .tar.gz, .tgz, .tar.bz2 or .tar.xz.")
    chosen = select(paths, exclude or [], base, writable_path(output or default))
    if not chosen.files:
        raise ValueError("There is no file to pack; check paths and exclude.")
    with tempfile.TemporaryFile() as packed:
        pack(chosen.files, kind, packed)
        size = packed.tell()
        packed.seek(0)
        saved = save(iter(lambda: packed.read(CHUNK_BYTES), b""), output, default)
    with existing_file(saved).open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "path": saved,
        "format": kind,
        "file_count": len(chosen.files),
        "unpacked_bytes": chosen.bytes,
        "bytes": size,
        "sha256": digest,
        "skipped": chosen.skipped[:MAX_NAMED],
    }


def _check_limit(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise ValueError(f"{name} must be between 1 and {most}.")
