"""Keeps every path of this skill inside the workspace, the directory the process was started in."""

from __future__ import annotations

import filecmp
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def workspace_path(path: str) -> Path:
    """Resolve a path, links included, and refuse one that leaves the workspace."""
    if not isinstance(path, str) or not path.strip() or "\0" in path:
        raise ValueError("A path must be a non-empty text, relative to the workspace.")
    root = Path.cwd().resolve()
    try:
        resolved = (root / path).resolve()
    except (OSError, RuntimeError) as error:
        raise ValueError(f"'{path}' cannot be resolved ({error}); choose another path.") from None
    if not resolved.is_relative_to(root):
        raise PermissionError(f"'{path}' is outside the workspace; use a path relative to the workspace.")
    return resolved


def existing_file(path: str) -> Path:
    """Resolve the path of a file that must be there."""
    resolved = workspace_path(path)
    if resolved.is_dir():
        raise ValueError(f"'{path}' is a folder; give the path of a file.")
    if not resolved.is_file():
        raise FileNotFoundError(f"'{path}' does not exist in the workspace; check the name.")
    return resolved


def writable_path(path: str) -> Path:
    """Resolve a path that is about to change; git's own folders are off limits because they can hold commands."""
    resolved = workspace_path(path)
    if any(part.lower() == ".git" for part in resolved.relative_to(Path.cwd().resolve()).parts):
        raise PermissionError(f"'{path}' belongs to git's own data; change it with git instead.")
    return resolved


def relative_name(path: Path) -> str:
    """Name a resolved path the way results report it: relative to the workspace, with forward slashes."""
    return path.relative_to(Path.cwd().resolve()).as_posix()


def save(content: bytes | Iterable[bytes], output: str | None, default_name: str, overwrite: bool = False) -> str:
    """Write a result file in one atomic step and return its name.

    Saving the same bytes again changes nothing. A different file of that name is replaced only with `overwrite`;
    without it a chosen name raises FileExistsError, and a default name gets the next free number.
    """
    target = writable_path(output or default_name)
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=target.parent, prefix=".partial-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
        os.chmod(partial, 0o644)
        target = _free_target(target, partial, chosen=bool(output), overwrite=overwrite)
        os.replace(partial, target)
    finally:
        Path(partial).unlink(missing_ok=True)
    return relative_name(target)


def _free_target(target: Path, partial: str, chosen: bool, overwrite: bool) -> Path:
    """Find the name to save under, without ever giving up somebody's different file unasked."""
    stem, suffix, number = target.stem, target.suffix, 1
    while target.exists():
        if target.is_dir():
            raise ValueError(f"'{relative_name(target)}' is a folder; give the name of a file.")
        if overwrite or filecmp.cmp(target, partial, shallow=False):
            break
        if chosen:
            raise FileExistsError(
                f"'{relative_name(target)}' exists with other content; choose another name or remove it first."
            )
        number += 1
        target = target.with_name(f"{stem}-{number}{suffix}")
    return target
