"""Packs files into an archive whose bytes depend on names and contents only."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO

from archive_formats import CHUNK_BYTES, MAX_ENTRIES
from workspace import relative_name, workspace_path

SKIPPED_FOLDERS = {".git", "node_modules", "__pycache__", ".venv"}
MAX_PACKED_BYTES = 4_000_000_000
# Zip knows no time before 1980; the same moment serves both formats, so that equal contents give equal archives.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
TAR_TIME = 315_532_800


@dataclass
class Selection:
    """Files to pack by the name they get, in order, and what is left out."""

    files: dict[str, Path] = field(default_factory=dict)
    bytes: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)


def select(paths: list[str], exclude: list[str], base: str | None, own: Path) -> Selection:
    """Collect the files below the paths; links, tool folders and the archive itself are left out."""
    chosen = Selection()
    root = workspace_path(base or ".")
    if not root.is_dir():
        raise FileNotFoundError(f"'{base}' is not a folder of the workspace; base is the folder that names start from.")
    for path in paths:
        start = workspace_path(path)
        if not start.exists():
            raise FileNotFoundError(f"'{path}' does not exist in the workspace; check the name.")
        if not start.is_relative_to(root):
            raise ValueError(f"'{path}' is not inside the base '{base}'; choose a base above everything to pack.")
        for file in _below(start):
            name = file.relative_to(root).as_posix()
            if file == own or any(fnmatchcase(name, rule) or fnmatchcase(file.name, rule) for rule in exclude):
                continue
            if file.is_symlink() or not file.is_file():
                chosen.skipped.append({"name": name, "kind": "link" if file.is_symlink() else "special"})
                continue
            if name not in chosen.files:
                chosen.files[name] = file
                chosen.bytes += file.stat().st_size
        if len(chosen.files) > MAX_ENTRIES or chosen.bytes > MAX_PACKED_BYTES:
            raise ValueError(f"More than {MAX_ENTRIES} files or {MAX_PACKED_BYTES} bytes; pack fewer at a time.")
    chosen.files = dict(sorted(chosen.files.items()))
    return chosen


def pack(files: dict[str, Path], kind: str, target: IO[bytes]) -> None:
    """Write an archive of the given kind."""
    if kind == "zip":
        _pack_zip(files, target)
        return
    if kind == "tar.gz":
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=target, mtime=0) as stream:
            _pack_tar(files, stream)
        return
    openers: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
        "tar.bz2": lambda target: bz2.BZ2File(target, "wb"),
        "tar.xz": lambda target: lzma.LZMAFile(target, "wb"),
    }
    if kind == "tar":
        _pack_tar(files, target)
    else:
        with openers[kind](target) as stream:
            _pack_tar(files, stream)


def _pack_zip(files: dict[str, Path], target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, file in files.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = (0o100755 if os.access(file, os.X_OK) else 0o100644) << 16
            info.file_size = file.stat().st_size
            with file.open("rb") as source, archive.open(info, "w") as member:
                while chunk := source.read(CHUNK_BYTES):
                    member.write(chunk)


def _pack_tar(files: dict[str, Path], target: IO[bytes]) -> None:
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, file in files.items():
            info = tarfile.TarInfo(name)
            info.mtime = TAR_TIME
            info.mode = 0o755 if os.access(file, os.X_OK) else 0o644
            with file.open("rb") as source:
                content = _Exactly(source, os.fstat(source.fileno()).st_size, relative_name(file))
                info.size = content.left
                archive.addfile(info, content)


class _Exactly(io.RawIOBase):
    """Reads as many bytes as were announced; a file that shrinks meanwhile is an error, not a broken archive."""

    def __init__(self, source: IO[bytes], size: int, name: str) -> None:
        self.source, self.left, self.name = source, size, name

    def read(self, size: int = -1) -> bytes:
        content = self.source.read(min(size, self.left) if size >= 0 else self.left)
        if not content and self.left and size:
            raise ValueError(f"'{self.name}' changed while it was packed; try again.")
        self.left -= len(content)
        return content


def _below(start: Path) -> list[Path]:
    if not start.is_dir():
        return [start]
    found = []
    for current, folders, files in os.walk(start):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        links = [name for name in folders if (Path(current) / name).is_symlink()]
        found += [Path(current) / name for name in sorted([*files, *links])]
    return found
