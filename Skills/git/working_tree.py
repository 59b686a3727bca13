"""What git says about the working tree, commits and changes, as values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from repository import Repository

MAX_ENTRIES = 500
CHANGES = {"A": "added", "M": "modified", "D": "deleted", "R": "renamed", "C": "copied", "T": "type changed"}
COMMIT_FORMAT = "%H%x00%an%x00%aI%x00%s%x00%b"


@dataclass
class Status:
    """The state of a working tree; the snapshot changes whenever a commit would hold something else."""

    branch: str | None = None
    commit: str | None = None
    upstream: str | None = None
    ahead: int | None = None
    behind: int | None = None
    staged: list[dict[str, str]] = field(default_factory=list)
    unstaged: list[dict[str, str]] = field(default_factory=list)
    untracked: list[str] = field(default_factory=list)
    conflicted: list[str] = field(default_factory=list)
    snapshot: str = ""
    truncated: bool = False

    @property
    def is_clean(self) -> bool:
        return not (self.staged or self.unstaged or self.untracked or self.conflicted)


def read_status(repository: Repository) -> Status:
    """Read branch, staged, unstaged, untracked and conflicted files; long lists are cut."""
    output = repository.git("status", "--porcelain=v2", "--branch", "-z", "--ignore-submodules=dirty")
    status, digest = Status(truncated=output.truncated), hashlib.sha256()
    records = iter(output.text.split("\0"))
    for record in records:
        kind, _, rest = record.partition(" ")
        if kind == "#":
            _read_header(status, rest, digest)
        elif kind in ("1", "2"):
            fields = rest.split(" ", 7 if kind == "1" else 8)
            old = repository.name(next(records)) if kind == "2" else ""
            _read_change(status, repository, fields[0], repository.name(fields[-1]), old)
            if fields[0][0] != ".":
                digest.update(f"{fields[0][0]}{fields[6]}{fields[-1]}\0".encode())
        elif kind == "u":
            status.conflicted.append(repository.name(rest.split(" ", 9)[-1]))
            digest.update(record.encode())
        elif kind == "?":
            status.untracked.append(repository.name(rest))
    status.snapshot = digest.hexdigest()[:16]
    for entries in (status.staged, status.unstaged, status.untracked, status.conflicted):
        status.truncated = status.truncated or len(entries) > MAX_ENTRIES
        del entries[MAX_ENTRIES:]
    return status


def changed_files(repository: Repository, *arguments: str) -> list[dict[str, Any]]:
    """Files with their added and deleted lines, from a command that understands --numstat; binary files have null."""
    output = repository.git(
        *arguments[:1], "--numstat", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", *arguments[1:]
    )
    files: list[dict[str, Any]] = []
    for record in output.text.split("\0"):
        fields = record.strip("\n").split("\t", 2)
        if len(fields) == 3 and len(files) < MAX_ENTRIES:
            added, deleted = (int(text) if text.isdigit() else None for text in fields[:2])
            files.append({"path": repository.name(fields[2]), "insertions": added, "deletions": deleted})
    return files


def read_commits(repository: Repository, *arguments: str) -> list[dict[str, str]]:
    """Commits that a log command selects, newest first."""
    fields = repository.git("log", "-z", f"--format=tformat:{COMMIT_FORMAT}", "--no-ext-diff", *arguments).text.split(
        "\0"
    )
    commits = []
    for start in range(0, len(fields) - 4, 5):
        commit, author, date, subject, body = fields[start : start + 5]
        commits.append(
            {"commit": commit, "author": author, "date": date, "subject": subject, "body": body.strip()[:2_000]}
        )
    return commits


def _read_header(status: Status, header: str, digest: Any) -> None:
    name, _, value = header.partition(" ")
    if name == "branch.oid":
        status.commit = None if value == "(initial)" else value
        digest.update(value.encode())
    elif name == "branch.head":
        status.branch = None if value == "(detached)" else value
    elif name == "branch.upstream":
        status.upstream = value
    elif name == "branch.ab":
        ahead, behind = value.split()
        status.ahead, status.behind = int(ahead), -int(behind)


def _read_change(status: Status, repository: Repository, states: str, path: str, old: str) -> None:
    for state, entries in ((states[0], status.staged), (states[1], status.unstaged)):
        if state != ".":
            entry = {"path": path, "change": CHANGES.get(state, "modified")}
            entries.append({**entry, "old_path": old} if old and state in "RC" else entry)
