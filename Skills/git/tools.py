"""Tools of the git skill: look at changes and history, stage, commit, branch and push."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pushing import approved_lease  # noqa: E402
from repository import NETWORK_SECONDS, Repository, open_repository  # noqa: E402
from working_tree import changed_files, read_commits, read_status  # noqa: E402
from workspace import relative_name  # noqa: E402

__all__ = ["git_status", "git_diff", "git_log", "git_show", "git_add", "git_branch", "git_commit", "git_push"]

MAX_DIFF_CHARACTERS = 50_000
MAX_COMMITS = 500
MAX_BRANCHES = 200
MAX_SUBJECT_CHARACTERS = 72
MAX_MESSAGE_CHARACTERS = 20_000
PUSH_RESULTS = {"=": "up to date", "*": "created", " ": "updated", "+": "forced"}

# What git_status or git_add last showed of a repository in this process; a commit follows a look.
_seen: dict[Path, str] = {}


def git_status(repository: str = ".") -> dict[str, Any]:
    """Show the branch and what is staged, changed, untracked or in conflict."""
    opened = open_repository(repository)
    status = read_status(opened)
    _seen[opened.root] = status.snapshot
    return {
        "repository": relative_name(opened.root),
        "branch": status.branch,
        "commit": status.commit,
        "upstream": status.upstream,
        "ahead": status.ahead,
        "behind": status.behind,
        "clean": status.is_clean,
        "staged": status.staged,
        "unstaged": status.unstaged,
        "untracked": status.untracked,
        "conflicted": status.conflicted,
        "snapshot": status.snapshot,
        "truncated": status.truncated,
    }


def git_diff(
    repository: str = ".",
    staged: bool = False,
    base: str | None = None,
    head: str | None = None,
    paths: list[str] | None = None,
) -> dict[str, Any]:
    """Show changes: of the working tree, of what is staged, against a commit, or between two commits."""
    opened = open_repository(repository)
    if head and not base:
        raise ValueError("head needs a base to compare with.")
    if staged and head:
        raise ValueError("staged compares with one commit; leave out head.")
    revisions = [opened.commit_of(revision) for revision in (base, head) if revision]
    arguments = ["--cached"] * staged + revisions + ["--", *opened.pathspecs(paths or [])]
    diff, truncated = _diff(opened, "diff", *arguments)
    return {"files": changed_files(opened, "diff", *arguments), "diff": diff, "truncated": truncated}


def git_log(
    repository: str = ".",
    revision: str | None = None,
    paths: list[str] | None = None,
    author: str | None = None,
    search: str | None = None,
    since: str | None = None,
    max_count: int = 20,
) -> dict[str, Any]:
    """List commits, newest first; `search` looks for a text in their messages."""
    if not 1 <= max_count <= MAX_COMMITS:
        raise ValueError(f"max_count must be between 1 and {MAX_COMMITS}.")
    opened = open_repository(repository)
    if not revision and not opened.has_commits():
        return {"commits": [], "truncated": False}
    filters = [f"--{name}={value}" for name, value in (("author", author), ("grep", search), ("since", since)) if value]
    commits = read_commits(
        opened,
        "--fixed-strings",
        "--regexp-ignore-case",
        f"--max-count={max_count + 1}",
        *filters,
        opened.commit_of(revision or "HEAD"),
        "--",
        *opened.pathspecs(paths or []),
    )
    return {"commits": commits[:max_count], "truncated": len(commits) > max_count}


def git_show(revision: str = "HEAD", repository: str = ".", path: str | None = None) -> dict[str, Any]:
    """Show a commit with its changes, or a file as it was in that commit."""
    opened = open_repository(repository)
    commit = opened.commit_of(revision)
    details = read_commits(opened, "--max-count=1", commit)[0]
    if path is None:
        diff, truncated = _diff(opened, "diff-tree", "--root", "--no-commit-id", "-r", "-m", "--first-parent", commit)
        files = changed_files(opened, "diff-tree", "--root", "--no-commit-id", "-r", "-m", "--first-parent", commit)
        return {**details, "files": files, "diff": diff, "content": None, "truncated": truncated}
    inside = opened.pathspecs([path])[0].partition(")")[2]
    blob = f"{commit}:{inside}"
    kind = opened.git("cat-file", "-t", blob, accepted=(0, 128))
    if kind.text.strip() != "blob":
        raise FileNotFoundError(f"'{path}' is not a file in commit {commit[:10]}.")
    content = opened.git("cat-file", "blob", blob)
    is_long = len(content.text) > MAX_DIFF_CHARACTERS
    return {
        **details,
        "files": [],
        "diff": None,
        "content": content.text[:MAX_DIFF_CHARACTERS],
        "truncated": content.truncated or is_long,
    }


def git_add(paths: list[str] | None = None, all_changes: bool = False, repository: str = ".") -> dict[str, Any]:
    """Stage changes, deletions included, for the next commit."""
    if bool(paths) == all_changes:
        raise ValueError("Name the paths to stage, or set all_changes to true for everything that git_status lists.")
    opened = open_repository(repository)
    opened.git("add", "--all", "--", *(opened.pathspecs(paths) if paths else [":(top)"]))
    status = read_status(opened)
    _seen[opened.root] = status.snapshot
    return {"repository": relative_name(opened.root), "staged": status.staged, "snapshot": status.snapshot}


def git_branch(
    name: str | None = None, start_point: str | None = None, switch: bool = True, repository: str = "."
) -> dict[str, Any]:
    """List branches, or create one that does not exist yet and switch to it."""
    opened = open_repository(repository)
    created = False
    if name is not None:
        _check_branch_name(opened, name)
        exists = opened.git("show-ref", "--verify", "--quiet", f"refs/heads/{name}", accepted=(0, 1)).code == 0
        if exists and start_point and opened.commit_of(name) != opened.commit_of(start_point):
            raise FileExistsError(
                f"The branch '{name}' exists already, at another commit; leave out start_point to switch."
            )
        if not exists and not opened.has_commits():
            opened.git("symbolic-ref", "HEAD", f"refs/heads/{name}")
            created = True
        elif not exists:
            opened.git("branch", "--no-track", name, opened.commit_of(start_point or "HEAD"))
            created = True
        if switch and opened.has_commits():
            opened.git("switch", "--no-guess", name)
    elif start_point:
        raise ValueError("start_point needs the name of the branch to create.")
    return {"current": read_status(opened).branch, "created": created, **_branches(opened)}


def git_commit(
    message: str, stage_all: bool = False, snapshot: str | None = None, repository: str = "."
) -> dict[str, Any]:
    """Commit what git_status or git_add showed to be staged; refused when nobody looked, or when it changed since."""
    message = _checked_message(message)
    opened = open_repository(repository)
    status = read_status(opened)
    if status.conflicted:
        raise ValueError(f"There are conflicts in {', '.join(status.conflicted[:10])}; resolve and stage them first.")
    snapshot = snapshot if snapshot is not None else _seen.get(opened.root)
    if snapshot is None:
        raise ValueError("Look before you commit: call git_status, check what is staged, then commit its snapshot.")
    if snapshot != status.snapshot:
        raise ValueError("What is staged has changed since that git_status; look at it again before committing.")
    if stage_all:
        opened.git("add", "--all", "--", ":(top)")
        status = read_status(opened)
    if not status.staged:
        raise ValueError(
            "Nothing is staged; call git_add first, or set stage_all to true. git_status lists the changes."
        )
    opened.git("commit", "--file=-", "--cleanup=whitespace", stdin=message)
    _seen.pop(opened.root, None)
    commit = opened.commit_of("HEAD")
    files = changed_files(opened, "diff-tree", "--root", "--no-commit-id", "-r", commit)
    return {"commit": commit, "branch": status.branch, "subject": message.split("\n", 1)[0], "files": files}


def git_push(
    branch: str | None = None,
    remote: str = "origin",
    force: bool = False,
    replaces: str | None = None,
    repository: str = ".",
) -> dict[str, Any]:
    """Push a branch and remember its remote; `force` needs the user's approval and the commit it `replaces`."""
    opened = open_repository(repository)
    remotes = opened.git("remote").text.split()
    if remote not in remotes:
        raise ValueError(f"There is no remote '{remote}'; the remotes are: {', '.join(remotes) or 'none'}.")
    branch = branch or read_status(opened).branch
    if branch is None:
        raise ValueError("No branch is checked out; name the branch to push.")
    _check_branch_name(opened, branch)
    commit = opened.commit_of(f"refs/heads/{branch}")
    lease = approved_lease(opened, remote, branch, commit, replaces) if force else []
    reference = f"refs/heads/{branch}:refs/heads/{branch}"
    output = opened.git(
        "push",
        "--porcelain",
        "--set-upstream",
        *lease,
        "--",
        remote,
        reference,
        accepted=(0, 1),
        seconds=NETWORK_SECONDS,
    )
    result = next((line for line in output.text.splitlines() if f"\t{reference}\t" in line), "")
    if output.code or result[:1] not in PUSH_RESULTS:
        reason = result.split("\t")[-1] if result else "the remote refused"
        raise ValueError(
            f"'{branch}' was not pushed to '{remote}': {reason}. Fetch and merge the remote commits first; "
            "use force only when the user has approved that remote commits are lost."
        )
    return {"remote": remote, "branch": branch, "commit": commit, "result": PUSH_RESULTS[result[0]]}


def _diff(repository: Repository, command: str, *arguments: str) -> tuple[str, bool]:
    """A patch, and whether it was cut; external diff programs are never started."""
    output = repository.git(
        command, "--patch", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", *arguments
    )
    return output.text[:MAX_DIFF_CHARACTERS], output.truncated or len(output.text) > MAX_DIFF_CHARACTERS


def _branches(repository: Repository) -> dict[str, Any]:
    listed = repository.git(
        "for-each-ref",
        "--sort=-committerdate",
        f"--count={MAX_BRANCHES + 1}",
        "--format=%(refname:short)%00%(objectname)%00%(upstream:short)%00%(subject)",
        "refs/heads",
    )
    rows = [line.split("\0") for line in listed.text.splitlines()]
    branches = [
        {"name": name, "commit": commit, "upstream": upstream or None, "subject": subject}
        for name, commit, upstream, subject in rows[:MAX_BRANCHES]
    ]
    return {"branches": branches, "truncated": len(rows) > MAX_BRANCHES}


def _check_branch_name(repository: Repository, name: str) -> None:
    is_valid = (
        isinstance(name, str)
        and not name.startswith("-")
        and name != "HEAD"
        and repository.git("check-ref-format", f"refs/heads/{name}", accepted=(0, 1, 128, 129)).code == 0
    )
    if not is_valid:
        raise ValueError(f"'{name}' is not a valid branch name; use letters, digits, hyphens and slashes.")


def _checked_message(message: str) -> str:
    """Enforce the shape of a commit message: a short subject, and a blank line before any body."""
    message = message.strip().replace("\r\n", "\n")
    lines = message.split("\n")
    if not message or len(message) > MAX_MESSAGE_CHARACTERS or re.search(r"[\x00-\x08\x0b-\x1f\x7f]", message):
        raise ValueError(f"A commit message must be a text of 1 to {MAX_MESSAGE_CHARACTERS} characters.")
    if len(lines[0]) > MAX_SUBJECT_CHARACTERS:
        raise ValueError(
            f"The subject has {len(lines[0])} characters, more than {MAX_SUBJECT_CHARACTERS}; "
            "shorten it and move details into the body, after a blank line."
        )
    if len(lines) > 1 and lines[1].strip():
        raise ValueError("Leave a blank line between the subject and the body of a commit message.")
    return message
