"""Tools of the file-ops skill: list, read, search, write, edit, move, copy and delete files of the workspace."""

from __future__ import annotations

import filecmp
import fnmatch
import io
import mimetypes
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from workspace import existing_file, relative_name, save, workspace_path, writable_path  # noqa: E402

__all__ = [
    "list_files",
    "read_file",
    "search_files",
    "write_file",
    "edit_file",
    "move_file",
    "copy_file",
    "delete_file",
]

MAX_LISTED = 1_000
MAX_VISITED = 100_000
MAX_READ_BYTES = 20_000_000
MAX_READ_CHARACTERS = 50_000
MAX_WRITE_CHARACTERS = 10_000_000
MAX_SEARCHED_BYTES = 5_000_000
MAX_MATCHES = 500
MAX_LINE_CHARACTERS = 300
SKIPPED_FOLDERS = {".git", "node_modules", "__pycache__", ".venv", ".build"}


def list_files(path: str = ".", pattern: str = "*", recursive: bool = False, max_results: int = 200) -> dict[str, Any]:
    """List files and folders, sorted by name, with size and time of the last change."""
    _check_limit("max_results", max_results, MAX_LISTED)
    folder = _existing_folder(path)
    entries: list[dict[str, Any]] = []
    truncated = False
    for entry in _walk(folder, recursive):
        if not _matches(entry, folder, pattern):
            continue
        if len(entries) == max_results:
            truncated = True
            break
        entries.append(_entry(entry))
    return {"path": relative_name(folder), "entries": entries, "truncated": truncated}


def read_file(path: str, start_line: int = 1, max_lines: int = 1_000) -> dict[str, Any]:
    """Read a text file, or some of its lines."""
    _check_limit("max_lines", max_lines, 100_000)
    if start_line < 1:
        raise ValueError("start_line counts from 1.")
    file = existing_file(path)
    text = _text_of(file, MAX_READ_BYTES)
    lines = _lines(text)
    if lines and start_line > len(lines):
        raise ValueError(f"'{path}' has only {len(lines)} lines; start_line {start_line} is beyond its end.")
    chosen: list[str] = []
    for line in lines[start_line - 1 : start_line - 1 + max_lines]:
        if chosen and sum(map(len, chosen)) + len(line) > MAX_READ_CHARACTERS:
            break
        chosen.append(line)
    content = "".join(chosen)
    end_line = start_line - 1 + len(chosen)
    return {
        "path": relative_name(file),
        "content": content[:MAX_READ_CHARACTERS],
        "start_line": start_line,
        "end_line": end_line,
        "total_lines": len(lines),
        "truncated": end_line < len(lines) or len(content) > MAX_READ_CHARACTERS,
        "media_type": mimetypes.guess_type(file.name)[0] or "text/plain",
    }


def search_files(
    text: str, path: str = ".", pattern: str = "*", ignore_case: bool = False, max_matches: int = 100
) -> dict[str, Any]:
    """Find a text in the files of a folder; binary and very large files are skipped and counted."""
    _check_limit("max_matches", max_matches, MAX_MATCHES)
    if not text or "\n" in text:
        raise ValueError("text must be one line, and not empty.")
    root = workspace_path(path)
    files = (
        [root] if root.is_file() else (file for file in _walk(_existing_folder(path), recursive=True) if file.is_file())
    )
    wanted = text.casefold() if ignore_case else text
    matches: list[dict[str, Any]] = []
    searched = skipped = 0
    for file in files:
        if not _matches(file, root if root.is_dir() else root.parent, pattern):
            continue
        try:
            content = _text_of(file, MAX_SEARCHED_BYTES)
        except (ValueError, OSError):
            skipped += 1
            continue
        searched += 1
        for number, line in enumerate(_lines(content), start=1):
            if wanted in (line.casefold() if ignore_case else line):
                matches.append(
                    {"path": relative_name(file), "line": number, "text": line.strip()[:MAX_LINE_CHARACTERS]}
                )
                if len(matches) == max_matches:
                    return {"matches": matches, "searched": searched, "skipped": skipped, "truncated": True}
    return {"matches": matches, "searched": searched, "skipped": skipped, "truncated": False}


def write_file(path: str, content: str, overwrite: bool = False) -> dict[str, Any]:
    """Create a text file with its folders, or with `overwrite` replace one."""
    if len(content) > MAX_WRITE_CHARACTERS:
        raise ValueError(f"content may have at most {MAX_WRITE_CHARACTERS} characters.")
    target = writable_path(path)
    existed = target.exists()
    data = _encoded(content)
    if target.is_file() and not overwrite and target.read_bytes() != data:
        raise FileExistsError(
            f"'{path}' exists with other content; use edit_file to change it, or set overwrite to true."
        )
    return {"path": save(data, path, path, overwrite), "bytes": len(data), "created": not existed}


def edit_file(path: str, old_text: str, new_text: str, replace_all: bool = False) -> dict[str, Any]:
    """Replace an exact text in a file; it must occur once unless all occurrences are meant."""
    if not old_text or old_text == new_text:
        raise ValueError("old_text must not be empty, and must differ from new_text.")
    writable_path(path)
    file = existing_file(path)
    content = _text_of(file, MAX_READ_BYTES)
    count = content.count(old_text)
    if count == 0:
        raise ValueError(f"The text was not found in '{path}'; read the file and copy it exactly, with its blanks.")
    if count > 1 and not replace_all:
        raise ValueError(
            f"The text occurs {count} times in '{path}'; give more of its surroundings, or set replace_all."
        )
    first_line = content[: content.index(old_text)].count("\n") + 1
    mode = file.stat().st_mode & 0o777
    name = save(_encoded(content.replace(old_text, new_text)), path, path, overwrite=True)
    os.chmod(file, mode)
    return {"path": name, "replacements": count, "first_line": first_line}


def move_file(source: str, destination: str) -> dict[str, Any]:
    """Move or rename a file or folder; nothing is ever replaced."""
    origin, target = _existing(source), writable_path(destination)
    _check_target(origin, target, destination)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(origin, target)
    return {"path": relative_name(target), "source": _given_name(source)}


def copy_file(source: str, destination: str) -> dict[str, Any]:
    """Copy a file; nothing is ever replaced, and copying the same content again changes nothing."""
    origin, target = existing_file(source), writable_path(destination)
    if not (target.is_file() and filecmp.cmp(origin, target, shallow=False)):
        _check_target(origin, target, destination)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(origin, target)
        shutil.copymode(origin, target)
    return {"path": relative_name(target), "source": relative_name(origin), "bytes": target.stat().st_size}


def delete_file(path: str, recursive: bool = False) -> dict[str, Any]:
    """Delete a file, a link or an empty folder; a folder with content only with `recursive`."""
    target = _without_following(path)
    if target == Path.cwd().resolve():
        raise PermissionError("The workspace itself cannot be deleted; name a file or folder in it.")
    if not target.is_symlink() and not target.exists():
        raise FileNotFoundError(f"'{path}' does not exist in the workspace; there is nothing to delete.")
    if target.is_symlink() or target.is_file():
        target.unlink()
        return {"path": relative_name(target), "deleted_files": 1}
    count = sum(len(files) for _, _, files in os.walk(target))
    if any(target.iterdir()) and not recursive:
        raise ValueError(f"'{path}' is a folder with {count} files; set recursive to true to delete all of it.")
    if any(".git" in folders or ".git" in files for _, folders, files in os.walk(target)):
        raise PermissionError(f"'{path}' holds a git repository; deleting it would lose its history.")
    shutil.rmtree(target)
    return {"path": relative_name(target), "deleted_files": count}


def _walk(folder: Path, recursive: bool) -> Iterator[Path]:
    """Visit a folder in order of names; links are listed but not followed, and tool folders are left out."""
    visited = 0
    for current, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted([*folders, *files]):
            visited += 1
            if visited > MAX_VISITED:
                raise ValueError(f"The folder has more than {MAX_VISITED} entries; choose a folder further down.")
            yield Path(current) / name
        if not recursive:
            return


def _matches(entry: Path, folder: Path, pattern: str) -> bool:
    """A pattern with a slash is held against the path from the folder on, any other against the name."""
    subject = entry.relative_to(folder).as_posix() if "/" in pattern else entry.name
    return fnmatch.fnmatchcase(subject, pattern)


def _entry(path: Path) -> dict[str, Any]:
    status = path.lstat()
    kind = "link" if path.is_symlink() else "folder" if path.is_dir() else "file"
    changed = datetime.fromtimestamp(status.st_mtime, UTC).isoformat(timespec="seconds")
    return {
        "path": relative_name(path),
        "kind": kind,
        "bytes": status.st_size if kind == "file" else None,
        "changed": changed,
    }


def _text_of(file: Path, max_bytes: int) -> str:
    """The text of a file, with its line ends as they are; a link must stay in the workspace."""
    workspace_path(relative_name(file))
    if file.stat().st_size > max_bytes:
        raise ValueError(
            f"'{relative_name(file)}' has {file.stat().st_size} bytes, more than the limit of {max_bytes}."
        )
    content = file.read_bytes()
    try:
        if b"\0" in content[:8192]:
            raise UnicodeError
        return content.decode("utf-8")
    except UnicodeError:
        raise ValueError(f"'{relative_name(file)}' is not a UTF-8 text file; use a tool made for its format.") from None


def _lines(text: str) -> list[str]:
    """Split at line ends only, as editors count lines, and keep them."""
    return list(io.StringIO(text, newline=""))


def _encoded(content: str) -> bytes:
    try:
        return content.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("The content holds half of a surrogate pair, which is not text; correct it.") from None


def _existing(path: str) -> Path:
    """The path itself, not what a link points to: a moved link stays a link."""
    target = _without_following(path)
    if not target.is_symlink() and not target.exists():
        raise FileNotFoundError(f"'{path}' does not exist in the workspace; check the name.")
    return target


def _existing_folder(path: str) -> Path:
    folder = workspace_path(path)
    if not folder.exists():
        raise FileNotFoundError(f"'{path}' does not exist in the workspace; check the name.")
    if not folder.is_dir():
        raise ValueError(f"'{path}' is a file; give the path of a folder.")
    return folder


def _without_following(path: str) -> Path:
    """Resolve everything but the last part, so that a link can be moved or deleted itself."""
    if not isinstance(path, str) or Path(path).name in ("", ".."):
        return writable_path(path)
    target = workspace_path(str(Path(path).parent)) / Path(path).name
    if ".git" in (part.lower() for part in target.relative_to(Path.cwd().resolve()).parts):
        raise PermissionError(f"'{path}' belongs to git's own data; change it with git instead.")
    return target


def _given_name(path: str) -> str:
    return relative_name(workspace_path(str(Path(path).parent)) / Path(path).name)


def _check_target(origin: Path, target: Path, destination: str) -> None:
    if target.is_dir():
        raise ValueError(
            f"'{destination}' is a folder; give the whole new path, such as '{destination}/{origin.name}'."
        )
    if target.exists():
        raise FileExistsError(f"'{destination}' exists; choose another name or delete it first.")
    if target.is_relative_to(origin):
        raise ValueError(f"'{destination}' lies inside '{origin.name}'; a folder cannot be moved into itself.")


def _check_limit(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise ValueError(f"{name} must be between 1 and {most}.")
