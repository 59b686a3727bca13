"""Unpacks an archive into a new folder: all of it or nothing, and nothing outside that folder."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from archive_formats import Entry, read_entries
from workspace import relative_name, writable_path

MAX_RATIO = 1_000
MIN_SUSPICIOUS_BYTES = 50_000_000
MAX_NAME_BYTES = 255
MAX_DEPTH = 100


@dataclass
class Unpacked:
    """What came out of an archive, and what was left in it because it is not a plain file."""

    folder: str
    files: list[str] = field(default_factory=list)
    bytes: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)


def safe_name(name: str) -> str:
    """The name below the target folder; raise PermissionError for a name that would lead out of it."""
    if "\0" in name or "\\" in name or re.match(r"[A-Za-z]:", name) or name.startswith("/"):
        raise PermissionError(f"The archive holds the unsafe name {name[:200]!r}; nothing was unpacked.")
    parts = [part for part in PurePosixPath(name).parts if part != "."]
    if ".." in parts or any(part.lower() == ".git" for part in parts):
        raise PermissionError(f"The archive holds {name[:200]!r}, which leads where it may not; nothing was unpacked.")
    if len(parts) > MAX_DEPTH or any(len(part.encode("utf-8", "replace")) > MAX_NAME_BYTES for part in parts):
        raise ValueError("The archive holds a name that is too long or too deep; nothing was unpacked.")
    if any("\ud800" <= character <= "\udfff" or ord(character) < 32 for character in name):
        raise ValueError(f"The archive holds the unreadable name {name[:200]!r}; nothing was unpacked.")
    return "/".join(parts)


def is_wanted(name: str, patterns: list[str] | None) -> bool:
    """Whether a member was asked for: by its name, by a folder above it, or by a pattern."""
    if patterns is None:
        return True
    return any(
        fnmatchcase(name, pattern) or name == pattern.rstrip("/") or name.startswith(pattern.rstrip("/") + "/")
        for pattern in patterns
    )


def unpack(archive: Path, folder: str | None, default: str, members: list[str] | None, max_bytes: int) -> Unpacked:
    """Unpack beside the target and move it there when everything went well."""
    target = writable_path(folder or default)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(dir=target.parent, prefix=".partial-"))
    try:
        result = _unpack_into(partial, archive, members, max_bytes)
        if members is not None and not result.files:
            raise FileNotFoundError(f"No file in '{archive.name}' matches {members}; list_archive shows its names.")
        partial.chmod(0o755)
        target = _free_folder(target, partial, chosen=folder is not None)
        if not target.exists() or not any(target.iterdir()):
            os.replace(partial, target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    result.folder = relative_name(target)
    return result


def _unpack_into(root: Path, archive: Path, members: list[str] | None, max_bytes: int) -> Unpacked:
    result = Unpacked("")
    seen: set[str] = set()
    packed_bytes = max(archive.stat().st_size, 1)
    for entry in read_entries(archive):
        name = safe_name(entry.name)
        if not name or not is_wanted(name, members):
            continue
        if entry.kind in ("link", "special"):
            result.skipped.append({"name": name, "kind": entry.kind})
            continue
        place = root / name
        if entry.kind == "folder":
            _make_folder(place, name)
            continue
        if name.casefold() in seen:
            raise ValueError(f"The archive holds two files named '{name}'; nothing was unpacked.")
        seen.add(name.casefold())
        _make_folder(place.parent, name)
        result.bytes = _write(entry, place, result.bytes, max_bytes, packed_bytes)
        result.files.append(name)
    return result


def _make_folder(place: Path, name: str) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ValueError(f"The archive uses '{name}' as a file and as a folder; nothing was unpacked.") from None


def _write(entry: Entry, place: Path, total: int, max_bytes: int, packed_bytes: int) -> int:
    """Write one file, counting what really comes out; sizes in an archive are only claims."""
    if place.is_dir():
        raise ValueError(f"The archive uses '{entry.name}' as a file and as a folder; nothing was unpacked.")
    with place.open("xb") as file:
        for chunk in entry.chunks():
            total += len(chunk)
            if total > max_bytes:
                raise ValueError(
                    f"The archive unpacks to more than {max_bytes} bytes; nothing was unpacked. "
                    "Raise max_bytes only for an archive you trust, or name the members you need."
                )
            if total > MIN_SUSPICIOUS_BYTES and total > MAX_RATIO * packed_bytes:
                raise ValueError(
                    f"The archive grows more than {MAX_RATIO} times, like a decompression bomb; nothing was unpacked."
                )
            file.write(chunk)
    place.chmod(0o755 if entry.is_executable else 0o644)
    return total


def _free_folder(target: Path, partial: Path, chosen: bool) -> Path:
    """Find a folder that is new, empty or already holds exactly this; other content is never mixed with it."""
    wanted, number = target, 1
    while target.exists():
        if target.is_dir() and (not any(target.iterdir()) or _same_tree(target, partial)):
            break
        if chosen:
            raise FileExistsError(
                f"'{relative_name(target)}' exists with other content; choose a folder that is not there yet."
            )
        number += 1
        target = wanted.with_name(f"{wanted.name}-{number}")
    return target


def _same_tree(one: Path, other: Path) -> bool:
    trees = [
        {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_symlink() or not path.is_dir()}
        for root in (one, other)
    ]
    if trees[0].keys() != trees[1].keys():
        return False
    return all(
        not path.is_symlink() and path.is_file() and filecmp.cmp(path, trees[1][name], shallow=False)
        for name, path in trees[0].items()
    )
