"""Forced pushes: only with the name of the commit that they replace, so that somebody has seen what is lost."""

from __future__ import annotations

from repository import NETWORK_SECONDS, Repository
from working_tree import read_commits

MIN_NAME_CHARACTERS = 7
MAX_NAMED = 10


def approved_lease(repository: Repository, remote: str, branch: str, commit: str, replaces: str | None) -> list[str]:
    """The options of a forced push that replaces exactly the approved commit; none where nothing would be lost."""
    listed = repository.git("ls-remote", remote, f"refs/heads/{branch}", seconds=NETWORK_SECONDS).text.split()
    if not listed:
        return []
    theirs = listed[0]
    if repository.git("cat-file", "-e", f"{theirs}^{{commit}}", accepted=(0, 1, 128)).code:
        raise ValueError(
            f"'{branch}' at '{remote}' is at {theirs[:10]}, which was never fetched; fetch and look at it first. "
            "Commits that nobody here has seen are not replaced."
        )
    lost = read_commits(repository, f"--max-count={MAX_NAMED + 1}", f"{commit}..{theirs}", "--")
    if not lost:
        return []
    if replaces is None or len(replaces) < MIN_NAME_CHARACTERS or not theirs.startswith(replaces.lower()):
        names = "; ".join(f"{one['commit'][:10]} {one['subject'][:60]}" for one in lost[:MAX_NAMED])
        more = " and more" if len(lost) > MAX_NAMED else ""
        raise PermissionError(
            f"Forcing '{branch}' would discard these commits of '{remote}': {names}{more}. Show them to the user; only "
            f"after explicit approval of this very push call again with replaces='{theirs}'."
        )
    return [f"--force-with-lease=refs/heads/{branch}:{theirs}"]
