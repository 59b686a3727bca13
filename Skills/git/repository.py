"""Runs the git command on one repository of the workspace: no prompts, no pager, bounded in time and output."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from workspace import relative_name, workspace_path

MAX_OUTPUT_BYTES = 4_000_000
LOCAL_SECONDS = 60
NETWORK_SECONDS = 300
PROTOCOLS = "file:git:http:https:ssh"
# A repository can name commands in its configuration; reading it must not start any of them.
SAFE_OPTIONS = (
    "core.fsmonitor=false",
    "core.quotePath=false",
    "core.pager=cat",
    "color.ui=false",
    "log.showSignature=false",
    "protocol.ext.allow=never",
    "advice.detachedHead=false",
    "diff.ignoreSubmodules=dirty",
    "core.editor=false",
)
PERMISSION = re.compile(
    r"authentication failed|permission denied|could not read (username|password)|dubious ownership|"
    r"returned error: 40[13]|protected branch",
    re.IGNORECASE,
)
NETWORK = re.compile(
    r"could not resolve host|unable to access|connection (refused|reset|timed out|closed)|"
    r"could not read from remote|early eof|failed to connect",
    re.IGNORECASE,
)


@dataclass
class Output:
    """What a git command printed, and whether the limit cut it."""

    text: str
    truncated: bool
    code: int


@dataclass
class Repository:
    """A repository with a working tree, both inside the workspace."""

    root: Path

    def git(
        self,
        *arguments: str,
        stdin: str | None = None,
        accepted: tuple[int, ...] = (0,),
        seconds: float = LOCAL_SECONDS,
        max_bytes: int = MAX_OUTPUT_BYTES,
    ) -> Output:
        """Run a git command in the repository and raise the error that fits when it fails."""
        return run_git(self.root, *arguments, stdin=stdin, accepted=accepted, seconds=seconds, max_bytes=max_bytes)

    def name(self, path: str) -> str:
        """A path as git prints it, seen from the workspace."""
        prefix = relative_name(self.root)
        return path if prefix == "." else f"{prefix}/{path}"

    def pathspecs(self, paths: list[str]) -> list[str]:
        """Paths of the workspace as literal path specifications; links are meant themselves, not what they point to."""
        specifications = []
        for path in paths:
            target = workspace_path(path)
            if isinstance(path, str) and Path(path).name not in ("", ".."):
                target = workspace_path(str(Path(path).parent)) / Path(path).name
            if not target.is_relative_to(self.root):
                raise PermissionError(f"'{path}' is outside the repository '{relative_name(self.root)}'.")
            inside = target.relative_to(self.root).as_posix()
            if ".git" in inside.lower().split("/"):
                raise PermissionError(f"'{path}' belongs to git's own data.")
            specifications.append(f":(top,literal){'' if inside == '.' else inside}")
        return specifications

    def commit_of(self, revision: str) -> str:
        """The full name of the commit behind a branch, tag or abbreviation."""
        if (
            not isinstance(revision, str)
            or not re.fullmatch(r"[\w./@{}^~+#-]{1,200}", revision)
            or revision.startswith("-")
        ):
            raise ValueError(f"'{revision}' is not the name of a commit, branch or tag.")
        found = self.git(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", accepted=(0, 1, 128)
        )
        if found.code:
            raise ValueError(f"There is no commit '{revision}'; git_log and git_branch list what there is.")
        return found.text.strip()

    def has_commits(self) -> bool:
        """Whether anything was ever committed."""
        return self.git("rev-parse", "--verify", "--quiet", "HEAD", accepted=(0, 1, 128)).code == 0


def open_repository(path: str) -> Repository:
    """Find the repository that a folder of the workspace belongs to."""
    folder = workspace_path(path)
    if not folder.is_dir():
        raise FileNotFoundError(f"'{path}' is not a folder of the workspace.")
    found = run_git(folder, "rev-parse", "--show-toplevel", "--absolute-git-dir", accepted=(0, 128))
    places = [Path(line).resolve() for line in found.text.splitlines()]
    if found.code or len(places) != 2:
        raise ValueError(f"'{path}' is not in a git repository with a working tree.")
    workspace = Path.cwd().resolve()
    for place in places:
        if not place.is_relative_to(workspace):
            raise PermissionError(
                f"The repository of '{path}' lies outside the workspace, at '{place}'; "
                "start in the folder that holds the repository and its .git folder."
            )
    return Repository(places[0])


def run_git(
    folder: Path,
    *arguments: str,
    stdin: str | None = None,
    accepted: tuple[int, ...] = (0,),
    seconds: float = LOCAL_SECONDS,
    max_bytes: int = MAX_OUTPUT_BYTES,
) -> Output:
    """Run git with a clean environment; beyond `max_bytes` of output the command is stopped and the rest is cut."""
    command = ["git", *(part for option in SAFE_OPTIONS for part in ("-c", option)), *arguments]
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as given:
        given.write((stdin or "").encode())
        given.seek(0)
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=_environment(),
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        except FileNotFoundError:
            raise FileNotFoundError("The git command was not found; install git.") from None
        is_late = threading.Event()

        def stop_late() -> None:
            is_late.set()
            _stop(process)

        timer = threading.Timer(seconds, stop_late)
        timer.start()
        try:
            assert process.stdout is not None
            with process.stdout:
                output = process.stdout.read(max_bytes + 1)
            is_truncated = len(output) > max_bytes
            if is_truncated:
                _stop(process)
            code = process.wait()
        finally:
            timer.cancel()
        errors.seek(0)
        message = errors.read(20_000).decode("utf-8", "replace")
    if is_late.is_set():
        raise TimeoutError(f"git {arguments[0]} did not end within {seconds:g} seconds and was stopped.")
    text = output[:max_bytes].decode("utf-8", "replace")
    if not is_truncated and code not in accepted:
        raise _error(arguments[0], message or text)
    return Output(text, is_truncated, code)


def _environment() -> dict[str, str]:
    """The environment without variables that point git to another repository, and without ways to ask a person."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_") or key.startswith(("GIT_AUTHOR_", "GIT_COMMITTER_"))
    }
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_EDITOR": "false",
        "GIT_PAGER": "cat",
        "GIT_ALLOW_PROTOCOL": PROTOCOLS,
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes",
        "GIT_CEILING_DIRECTORIES": str(Path.cwd().resolve().parent),
    }


def _stop(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _error(verb: str, message: str) -> Exception:
    """The kind of trouble behind git's words; names and passwords in addresses are left out."""
    words = " ".join(re.sub(r"://[^/@\s]+@", "://", message).split())[:600]
    text = f"git {verb}: {words or 'failed without a message'}"
    if PERMISSION.search(words):
        return PermissionError(text)
    return ConnectionError(text) if NETWORK.search(words) else ValueError(text)
