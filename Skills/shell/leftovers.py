"""Finds and ends what a program leaves running, also what left its process group (Linux)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
MAX_ROUNDS = 1_000


def adopt_orphans() -> None:
    """Become the parent of processes whose own parent ends; elsewhere than on Linux this does nothing."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children() -> set[int]:
    """The processes whose parent this one is, as far as the system tells."""
    found: set[int] = set()
    for place in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found.update(map(int, place.read_text().split()))
    return found


def end_leftovers(known: set[int]) -> None:
    """End every child that is not known; those it leaves behind become children in turn, until there are none."""
    for _ in range(MAX_ROUNDS):
        strangers = children() - known
        if not strangers:
            return
        for pid in strangers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
