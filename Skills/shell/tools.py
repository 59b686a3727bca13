"""Tools of the shell skill: run programs and scripts in the workspace, within limits."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from process import MAX_SECONDS, SEARCH_PATH, Finished, run  # noqa: E402
from workspace import existing_file, relative_name, save, workspace_path  # noqa: E402

__all__ = ["run_command", "run_script", "find_programs"]

MAX_ARGUMENTS = 1_000
MAX_ARGUMENT_CHARACTERS = 100_000
MAX_SCRIPT_CHARACTERS = 100_000
MAX_STDIN_CHARACTERS = 5_000_000
SHOWN_BYTES = 10_000
# They ask for rights or a terminal that the sandbox does not give; they could only hang or fail.
REFUSED = {"sudo", "su", "doas", "pkexec", "login", "passwd", "chroot", "vi", "vim", "nano", "less", "more", "top"}
# Not pipefail: `sort big.txt | head` would count as failed, because head stops reading early.
SHELLS = {"bash": ["--noprofile", "--norc", "-eu"], "sh": ["-eu"]}


def run_command(
    program: str,
    arguments: list[str] | None = None,
    folder: str = ".",
    stdin: str = "",
    environment: dict[str, str] | None = None,
    timeout_seconds: float = 60,
    must_succeed: bool = False,
    output: str | None = None,
) -> dict[str, Any]:
    """Run one program with exactly these arguments; no shell reads them, so nothing needs quoting."""
    command = [_program(program), *_checked(arguments or [])]
    return _run(command, program, folder, stdin, environment or {}, timeout_seconds, must_succeed, output)


def run_script(
    script: str,
    shell: str = "bash",
    folder: str = ".",
    stdin: str = "",
    environment: dict[str, str] | None = None,
    timeout_seconds: float = 60,
    must_succeed: bool = False,
    output: str | None = None,
) -> dict[str, Any]:
    """Run the lines of a shell script; it stops at the first command that fails."""
    if shell not in SHELLS:
        raise ValueError(f"shell must be one of: {', '.join(SHELLS)}.")
    if not script.strip() or len(script) > MAX_SCRIPT_CHARACTERS or "\0" in script:
        raise ValueError(f"script must be a text of 1 to {MAX_SCRIPT_CHARACTERS} characters.")
    with tempfile.NamedTemporaryFile("w", prefix="script-", suffix=".sh", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        command = [_program(shell), *SHELLS[shell], file.name]
        return _run(command, shell, folder, stdin, environment or {}, timeout_seconds, must_succeed, output)


def find_programs(names: list[str]) -> dict[str, Any]:
    """Tell which of these programs can be run here, and where they are."""
    found = {name: _found(name) for name in names}
    programs = [{"name": name, "available": place is not None, "place": place} for name, place in found.items()]
    return {"programs": programs, "missing": [name for name, place in found.items() if place is None]}


def _run(
    command: list[str],
    name: str,
    folder: str,
    stdin: str,
    environment: dict[str, str],
    timeout_seconds: float,
    must_succeed: bool,
    output: str | None,
) -> dict[str, Any]:
    if not 0 < timeout_seconds <= MAX_SECONDS:
        raise ValueError(f"timeout_seconds must be above 0 and at most {MAX_SECONDS}.")
    if len(stdin) > MAX_STDIN_CHARACTERS:
        raise ValueError(f"stdin may have at most {MAX_STDIN_CHARACTERS} characters; put it into a file instead.")
    place = workspace_path(folder)
    if not place.is_dir():
        raise FileNotFoundError(f"'{folder}' is not a folder of the workspace.")
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as errors:
        finished = run(command, place, environment, stdin, timeout_seconds, (printed, errors))
        shown, is_cut = _preview(printed)
        error_text, errors_cut = _preview(errors)
        saved = None
        if output or is_cut:
            printed.seek(0)
            saved = save(iter(lambda: printed.read(64 * 1024), b""), output, "command-output.txt")
    ok = finished.exit_code == 0 and finished.stopped is None
    if must_succeed and not ok:
        raise ValueError(f"{name} {_ending(finished)}: {(error_text or shown).strip()[-2000:] or 'it printed nothing'}")
    return {
        "ok": ok,
        "exit_code": finished.exit_code,
        "signal": finished.signal,
        "stopped": finished.stopped,
        "stdout": shown,
        "stderr": error_text,
        "truncated": is_cut or errors_cut,
        "output_path": saved,
        "folder": relative_name(place),
        "seconds": finished.seconds,
    }


def _ending(finished: Finished) -> str:
    if finished.stopped:
        return f"was stopped because it used too much {finished.stopped}"
    return f"was ended by {finished.signal}" if finished.signal else f"ended with exit code {finished.exit_code}"


def _preview(file: IO[bytes]) -> tuple[str, bool]:
    """The beginning and the end of what was printed: errors are mostly at the end."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size <= 2 * SHOWN_BYTES:
        return file.read().decode("utf-8", "replace"), False
    start = file.read(SHOWN_BYTES).decode("utf-8", "replace")
    file.seek(size - SHOWN_BYTES)
    end = file.read().decode("utf-8", "replace")
    return f"{start}\n[… {size - 2 * SHOWN_BYTES} bytes left out …]\n{end}", True


def _found(name: str) -> str | None:
    if not isinstance(name, str) or not name or "/" in name or "\0" in name:
        raise ValueError(f"'{name}' is not the name of a program, such as python3.")
    return shutil.which(name, path=os.environ.get("PATH") or SEARCH_PATH)


def _program(name: str) -> str:
    """The file to run: a name from the search path, or an executable file of the workspace."""
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        raise ValueError("program must be the name of a program, or the path of one in the workspace.")
    if Path(name).name in REFUSED:
        raise PermissionError(f"{Path(name).name} asks for more rights or for a terminal; there is neither here.")
    if "/" not in name:
        found = _found(name)
        if found is None:
            hint = " A command line belongs into run_script." if " " in name else " find_programs tells what there is."
            raise FileNotFoundError(f"The program '{name}' was not found.{hint}")
        return found
    file = existing_file(name)
    if not os.access(file, os.X_OK):
        raise PermissionError(f"'{name}' is not executable; run it with its interpreter, such as python3.")
    return str(file)


def _checked(arguments: list[str]) -> list[str]:
    if len(arguments) > MAX_ARGUMENTS or sum(map(len, arguments)) > MAX_ARGUMENT_CHARACTERS:
        raise ValueError(f"More than {MAX_ARGUMENTS} arguments or {MAX_ARGUMENT_CHARACTERS} characters; use a file.")
    if any("\0" in argument for argument in arguments):
        raise ValueError("An argument must not hold a NUL character.")
    return arguments
