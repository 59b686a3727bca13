"""The entries of a zip or tar archive as one stream, with a limit on everything an archive can claim."""

from __future__ import annotations

import bz2
import contextlib
import errno
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

MAX_ENTRIES = 50_000
MAX_HEADER_BYTES = 1_000_000
MAX_STREAM_BYTES = 10_000_000_000
CHUNK_BYTES = 64 * 1024
# The longest endings come first: `.tar.gz` is not a `.gz` file.
FORMATS = {
    ".tar.gz": "tar.gz",
    ".tgz": "tar.gz",
    ".tar.bz2": "tar.bz2",
    ".tbz2": "tar.bz2",
    ".tar.xz": "tar.xz",
    ".txz": "tar.xz",
    ".tar": "tar",
    ".zip": "zip",
}
MAGIC = {b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\x1f\x8b": "tar.gz", b"BZh": "tar.bz2", b"\xfd7zXZ\0": "tar.xz"}
DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, gzip.BadGzipFile)


@dataclass
class Entry:
    """One member: its name as the archive gives it, and a stream for the content of a file."""

    name: str
    kind: str
    bytes: int
    changed: str | None
    is_executable: bool
    archive: str
    _open: Callable[[], Any] = field(repr=False)

    def chunks(self) -> Iterator[bytes]:
        """Read the content piece by piece; only valid until the next entry is asked for."""
        with _damage_as_value_errors(self.archive), self._open() as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk


def format_of(path: Path) -> str:
    """Tell the format by the first bytes, because names lie; a plain tar file has its mark further in."""
    with path.open("rb") as file:
        start = file.read(512)
    for magic, name in MAGIC.items():
        if start.startswith(magic):
            return name
    if start[257:262] == b"ustar" or format_by_name(path.name) == "tar":
        return "tar"
    raise ValueError(f"'{path.name}' is not an archive that can be read; zip, tar, tar.gz, tar.bz2 and tar.xz can.")


def format_by_name(name: str) -> str | None:
    """The format that the ending of a file name asks for."""
    return next((kind for ending, kind in FORMATS.items() if name.lower().endswith(ending)), None)


def without_ending(name: str) -> str:
    """A file name without the ending of its archive format."""
    ending = next((ending for ending in FORMATS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)] or name


def read_entries(path: Path) -> Iterator[Entry]:
    """Yield every entry in the order of the archive; raise ValueError where it is damaged, encrypted or endless."""
    kind = format_of(path)
    with _damage_as_value_errors(path.name):
        for number, entry in enumerate(_zip_entries(path) if kind == "zip" else _tar_entries(path, kind), start=1):
            if number > MAX_ENTRIES:
                raise ValueError(f"'{path.name}' has more than {MAX_ENTRIES} entries; it is not read.")
            yield entry


@contextlib.contextmanager
def _damage_as_value_errors(name: str) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise ValueError(f"'{name}' is damaged: {error or type(error).__name__}; get it again.") from None
    except (RuntimeError, NotImplementedError) as error:
        raise ValueError(f"'{name}' cannot be read: {error}.") from None
    except OSError as error:
        # Without a number it is the decompressor's; an invalid argument is an offset that the archive made up.
        own = isinstance(error, FileNotFoundError | FileExistsError | PermissionError)
        if error.errno in (None, errno.EINVAL) and not own:
            raise ValueError(f"'{name}' is damaged: {error}; get it again.") from None
        raise


def _zip_entries(path: Path) -> Iterator[Entry]:
    with zipfile.ZipFile(path) as archive:
        if len(archive.infolist()) > MAX_ENTRIES:
            raise ValueError(f"'{path.name}' has more than {MAX_ENTRIES} entries; it is not read.")
        for info in archive.infolist():
            mode = info.external_attr >> 16
            kind = "folder" if info.is_dir() else "file"
            if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
                kind = "link" if stat.S_ISLNK(mode) else "special"
            if info.flag_bits & 0x1:
                raise ValueError(f"'{path.name}' is encrypted; unpack it where its password is known.")
            changed = None
            with contextlib.suppress(ValueError):
                changed = datetime(*info.date_time).isoformat()
            yield Entry(
                info.filename,
                kind,
                info.file_size,
                changed,
                bool(mode & 0o100),
                path.name,
                lambda info=info: archive.open(info),
            )


class _BoundedHeader(tarfile.TarInfo):
    """Refuses extension headers whose size alone would fill the memory."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        extension = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
        extension = (*extension, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
        if self.type in extension and self.size > MAX_HEADER_BYTES:
            raise tarfile.ReadError("a header is too large")
        return super()._proc_member(archive)  # type: ignore[misc]


class _BoundedStream(io.RawIOBase):
    """Counts what comes out of a decompressor, so that a bomb is met while it unpacks, not after."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.total = source, 0

    def read(self, size: int = -1) -> bytes:
        content = self.source.read(size)
        self.total += len(content)
        if self.total > MAX_STREAM_BYTES:
            raise tarfile.ReadError(f"it unpacks to more than {MAX_STREAM_BYTES} bytes")
        return content


def _tar_entries(path: Path, kind: str) -> Iterator[Entry]:
    opened = {"tar": open, "tar.gz": gzip.open, "tar.bz2": bz2.open, "tar.xz": lzma.open}[kind]
    with opened(path, "rb") as source:
        stream = _BoundedStream(source)
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_BoundedHeader, errorlevel=1) as archive:
            for info in archive:
                kind = "file" if info.isreg() and not info.issparse() else "folder" if info.isdir() else "special"
                kind = "link" if info.issym() or info.islnk() else kind
                changed = None
                with contextlib.suppress(ValueError, OverflowError, OSError):
                    changed = datetime.fromtimestamp(info.mtime, UTC).isoformat(timespec="seconds")
                yield Entry(
                    info.name,
                    kind,
                    info.size if kind == "file" else 0,
                    changed,
                    bool(info.mode & 0o100),
                    path.name,
                    lambda info=info: archive.extractfile(info),
                )
                archive.members = []  # A stream is read once; keeping every header would only cost memory.
        while stream.read(CHUNK_BYTES):  # The checksum of the compressed stream comes after the last entry.
            pass
