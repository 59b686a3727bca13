"""Runs one program with limits on time, output, memory and files, and leaves no process behind."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from leftovers import adopt_orphans, children, end_leftovers

MAX_SECONDS = 3_600
MAX_OUTPUT_BYTES = 50_000_000
MAX_FILE_BYTES = 2_000_000_000
MAX_MEMORY_BYTES = 8_000_000_000
MAX_OPEN_FILES = 512
GRACE_SECONDS = 2.0
CHUNK_BYTES = 64 * 1024
SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# The limits are set by the shell that turns into the program, so they hold for everything it starts.
WITH_LIMITS = (
    f"ulimit -c 0; ulimit -f {MAX_FILE_BYTES // 512}; ulimit -n {MAX_OPEN_FILES}; "
    f'ulimit -v {MAX_MEMORY_BYTES // 1024} 2>/dev/null; exec "$@"'
)
# These change what the loader or the shell itself runs before the program starts.
LOADER_VARIABLES = re.compile(r"LD_.*|DYLD_.*|BASH_ENV|ENV|BASH_FUNC_.*|IFS|SHELLOPTS|PS4")


@dataclass
class Finished:
    """How a program ended; `stopped` says which limit ended it, if one did."""

    exit_code: int | None
    signal: str | None
    stopped: str | None
    seconds: float


def environment(given: Mapping[str, str], home: str) -> dict[str, str]:
    """The variables a program sees: a fixed few and those that were given, never those of the host."""
    for name, value in given.items():
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,127}", name) or not isinstance(value, str) or "\0" in value:
            raise ValueError(f"'{name[:100]}' is not an environment variable with a text value.")
        if LOADER_VARIABLES.fullmatch(name):
            raise ValueError(f"The variable {name} changes how programs are started; leave it out.")
        if len(value) > 100_000:
            raise ValueError(f"The value of {name} has more than 100000 characters; put it into a file.")
    fixed = {
        "PATH": os.environ.get("PATH") or SEARCH_PATH,
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "PAGER": "cat",
        "GIT_TERMINAL_PROMPT": "0",
        "DEBIAN_FRONTEND": "noninteractive",
    }
    return fixed | dict(given)


def run(
    arguments: list[str],
    folder: Path,
    given: Mapping[str, str],
    stdin: str,
    seconds: float,
    outputs: tuple[IO[bytes], IO[bytes]],
) -> Finished:
    """Run a program to its end or to a limit; whatever it printed until then is in `outputs`."""
    with tempfile.TemporaryDirectory(prefix="shell-home-") as home, tempfile.TemporaryFile() as source:
        source.write(stdin.encode())
        source.seek(0)
        adopt_orphans()
        known = children()
        started = time.monotonic()
        process = subprocess.Popen(
            ["/bin/sh", "-c", WITH_LIMITS, "sh", *arguments],
            cwd=folder,
            env=environment(given, home),
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        reason: list[str] = []

        def stop(why: str) -> None:
            reason.append(why)
            _stop_group(process)

        timer = threading.Timer(seconds, stop, ["time"])
        assert process.stdout is not None and process.stderr is not None
        readers = [
            threading.Thread(target=_copy, args=(pipe, target, stop), daemon=True)
            for pipe, target in zip((process.stdout, process.stderr), outputs, strict=True)
        ]
        timer.start()
        try:
            for reader in readers:
                reader.start()
            process.wait()
            # What the program left running in the background would hold the pipes open, and outlive the call.
            _signal_group(process.pid, signal.SIGKILL)
            end_leftovers(known)
            for reader in readers:
                reader.join(GRACE_SECONDS)
        finally:
            timer.cancel()
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
            end_leftovers(known)
        code = process.returncode
        name = None if code >= 0 else signal.Signals(-code).name
        elapsed = round(time.monotonic() - started, 3)
    return Finished(code if code >= 0 else None, name, reason[0] if reason else None, elapsed)


def _copy(pipe: IO[bytes], target: IO[bytes], stop: object) -> None:
    total = 0
    with pipe, contextlib.suppress(ValueError, OSError):
        while chunk := pipe.read1(CHUNK_BYTES):  # type: ignore[attr-defined]
            total += len(chunk)
            target.write(chunk[: max(0, MAX_OUTPUT_BYTES - total + len(chunk))])
            if total > MAX_OUTPUT_BYTES:
                stop("output")  # type: ignore[operator]
                return


def _stop_group(process: subprocess.Popen[bytes]) -> None:
    """Ask every process of the group to end, and after a moment of grace end it."""
    _signal_group(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(GRACE_SECONDS)
    _signal_group(process.pid, signal.SIGKILL)


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
