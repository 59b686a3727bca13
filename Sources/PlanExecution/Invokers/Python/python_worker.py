"""Calls the functions of one skill's tools.py, one after another, as the lines on standard input ask.

Each line is a JSON object {"id", "tool", "arguments", "key", "limit"}; each answer is one line {"id", "value"} or
{"id", "failure": {"kind", "code", "message", "effect", "retry_after"}}. Lines travel over private copies of standard input and
output, so that a tool's own prints go to standard error, where they become remarks.
"""

import dataclasses
import datetime
import enum
import importlib.util
import inspect
import json
import os
import resource
import sys
import traceback
from pathlib import PurePath

MAXIMUM_MESSAGE = 2000
TRACEBACK_FRAMES = 6
BUSY_STATUSES = {408, 425, 429, 500, 502, 503, 504}


def known(module, name):
    """A class of a module that costs time to import, where somebody has; else a class of nothing."""
    return getattr(sys.modules.get(module), name, ())


class Failure(Exception):
    """Why a call brought no result, in the words of the answer."""

    def __init__(self, kind, code, message, effect="none", retry_after=None):
        super().__init__(message)
        self.answer = {"kind": kind, "code": code, "message": message[:MAXIMUM_MESSAGE], "effect": effect}
        if retry_after is not None:
            self.answer["retry_after"] = retry_after


class Unrepresentable(TypeError):
    """A result holds something that JSON has no form for."""


def plain(value):
    """Gives json.dumps a form for what it does not know."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, known("decimal", "Decimal")):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise Unrepresentable("it holds bytes; decode them to text, or write them to a file and return its path")
    if callable(getattr(value, "tolist", None)):  # arrays and numbers of numpy
        return value.tolist()
    raise Unrepresentable(f"it holds a value of type {type(value).__name__}; return dictionaries, lists, texts and numbers")


def encoded(value, limit):
    """The result as JSON text in UTF-8, or the failure that says why it has none."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=plain).encode()
    except UnicodeEncodeError:
        reason = "it holds text that is not valid Unicode; decode bytes with errors='replace'"
    except RecursionError:
        reason = "it is nested too deeply or contains itself"
    except ValueError as error:
        reason = "it contains itself" if "ircular" in str(error) else "it holds NaN or Infinity; use None for a missing number"
    except TypeError as error:
        reason = str(error)
    else:
        if len(text) > limit:
            raise Failure(
                "permanent",
                "result-too-large",
                f"the result has {len(text)} bytes, more than the limit of {limit}; write it to a file and return its path",
            )
        return text
    raise Failure("permanent", "result-not-json", f"the result cannot be passed on: {reason}")


def load(folder):
    """Imports the skill's tools.py."""
    path = os.path.join(folder, "tools.py")
    sys.path.insert(0, folder)
    try:
        specification = importlib.util.spec_from_file_location("tools", path)
        module = importlib.util.module_from_spec(specification)
        sys.modules["tools"] = module
        specification.loader.exec_module(module)
    except ImportError as error:
        name = (error.name or "").split(".")[0]
        advice = f"; install the Python package '{name}' for {sys.executable}" if name else ""
        raise Failure("permanent", "missing-package", f"tools.py cannot be imported: {error}{advice}") from error
    except SystemExit as error:
        raise Failure("permanent", "tools-unusable", f"tools.py ends the program when it is imported ({error.code})") from error
    except Exception as error:
        raise Failure(
            "permanent", "tools-unusable", f"tools.py cannot be imported: {type(error).__name__}: {error}"
        ) from error
    return module


def chain(error):
    """The error and what it came from, nearest first."""
    seen = []
    while error is not None and error not in seen and len(seen) < 20:
        seen.append(error)
        reason = getattr(error, "reason", None)
        error = error.__cause__ or error.__context__ or (reason if isinstance(reason, BaseException) else None)
    return seen


def wait_of(error):
    """How long the error says to wait, in seconds."""
    headers = getattr(error, "headers", None)
    wait = getattr(error, "retry_after", None)
    if wait is None and hasattr(headers, "get"):
        wait = headers.get("Retry-After")
    try:
        return max(0.0, min(float(wait), 86400.0))
    except (TypeError, ValueError):
        return None


def status_of(error):
    """The HTTP status that an error carries."""
    for name in ("status", "code", "status_code"):
        value = getattr(error, name, None)
        if isinstance(value, int) and not isinstance(value, bool) and 100 <= value < 600:
            return value
    return None


def is_hidden(error):
    """The error is about an absolute path outside of what a tool is given."""
    name = error.filename
    name = os.fsdecode(name) if isinstance(name, (str, bytes)) else ""
    places = (os.getcwd(), SKILL, "/tmp", "/usr", "/proc", "/dev", *WRITABLE)
    return os.path.isabs(name) and not any(name == place or name.startswith(place + "/") for place in places)


def classified(error):
    """The failure that an error of a tool stands for."""
    message = str(error) or type(error).__name__
    denied = next((e for e in chain(error) if getattr(e, "skillweaver_denied", False)), None)
    if denied is None and isinstance(error, (OSError, RuntimeError)) and DENIALS:
        denied = DENIALS[-1]
    if denied is not None:
        return Failure("policy", denied.code, str(denied))
    status = status_of(error)
    if status in BUSY_STATUSES:
        return Failure("transient", f"http-{status}", message, "unknown" if status in (408, 502, 504) else "none", wait_of(error))
    if status in (400, 422):
        return Failure("invalid_input", f"http-{status}", message)
    if status in (401, 403, 407):
        return Failure("policy", f"http-{status}", message)
    if status is not None and 400 <= status:
        return Failure("permanent", f"http-{status}", message)
    if isinstance(error, ImportError):
        name = (error.name or "").split(".")[0]
        advice = f"; install the Python package '{name}' for {sys.executable}" if name else ""
        return Failure("permanent", "missing-package", message + advice)
    if isinstance(error, MemoryError):
        return Failure("permanent", "out-of-memory", "the tool needs more memory than it may use", effect="unknown")
    if isinstance(error, OSError) and error.filename is not None and is_hidden(error):
        return Failure("policy", "path-not-granted", f"{message}; the skill has no grant for that path")
    if isinstance(error, PermissionError):
        return Failure("policy", "permission-denied", message)
    if isinstance(error, (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError)):
        return Failure("invalid_input", "file-" + ("exists" if isinstance(error, FileExistsError) else "not-found"), message)
    if isinstance(error, (ConnectionError, TimeoutError)) or isinstance(error, known("urllib.error", "URLError")):
        never_sent = any(isinstance(e, ConnectionRefusedError) or type(e).__name__ == "gaierror" for e in chain(error))
        code = "timeout" if isinstance(error, TimeoutError) else "connection"
        effect = "none" if never_sent else "unknown"
        return Failure("transient", code, message, effect=effect, retry_after=wait_of(error))
    if isinstance(error, (KeyError, ValueError, TypeError)):
        if isinstance(error, KeyError):
            message = f"missing key {message}"
        return Failure("invalid_input", "invalid-arguments", message)
    if isinstance(error, OSError):
        code = {30: "path-not-granted", 28: "no-space", 27: "file-too-large", 24: "too-many-files", 11: "too-many-processes"}
        name = code.get(error.errno, "system-error")
        return Failure("policy" if name == "path-not-granted" else "permanent", name, message)
    return Failure("permanent", "tool-error", f"{type(error).__name__}: {message}")


def run(request):
    """Calls one function; the value it returns, or a failure."""
    global MODULE, LOOP
    if MODULE is None:
        MODULE = load(SKILL)
    name, arguments, key = request["tool"], request["arguments"], request["key"]
    function = getattr(MODULE, name, None)
    if not callable(function) or name.startswith("_"):
        raise Failure("permanent", "no-function", f"tools.py defines no function '{name}'")
    os.environ["SKILLWEAVER_IDEMPOTENCY_KEY"] = key
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        signature = None
    if signature is not None:
        if "idempotency_key" in signature.parameters and "idempotency_key" not in arguments:
            arguments = {**arguments, "idempotency_key": key}
        try:
            signature.bind(**arguments)
        except TypeError as error:
            raise Failure("invalid_input", "invalid-arguments", f"'{name}' cannot be called so: {error}") from None
    value = function(**arguments)
    if inspect.isawaitable(value):
        import asyncio

        if LOOP is None:
            LOOP = asyncio.new_event_loop()
            asyncio.set_event_loop(LOOP)

        async def awaited():
            return await value

        value = LOOP.run_until_complete(awaited())
    return value


def answer(request):
    """The line that answers a request."""
    identity = json.dumps(request["id"]).encode()
    del DENIALS[:]
    try:
        return b'{"id":' + identity + b',"value":' + encoded(run(request), request["limit"]) + b"}"
    except Failure as failure:
        if failure.__cause__ is not None:
            remark(failure.__cause__)
        said = failure.answer
    except SystemExit as error:
        said = Failure("permanent", "tool-exited", f"the tool ended its process (sys.exit {error.code})", "unknown").answer
    except KeyboardInterrupt as error:
        remark(error)
        said = Failure("permanent", "tool-error", "the tool was interrupted", "unknown").answer
    except BaseException as error:
        remark(error)
        said = classified(error).answer
    return b'{"id":' + identity + b',"failure":' + json.dumps(said).encode() + b"}"


def remark(error):
    """Leaves the end of the traceback beside, for the report."""
    frames = traceback.extract_tb(error.__traceback__)[-TRACEBACK_FRAMES:]
    lines = [f"  {os.path.basename(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    print("\n".join(["Traceback, innermost call last:", *lines, type(error).__name__]), file=sys.stderr)


def main():
    """Answers until standard input ends."""
    own = os.getpid()
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    os.write(replies, b'{"ready":true}\n')
    for line in requests:
        reply = answer(json.loads(line))
        if os.getpid() != own:
            os._exit(0)  # a process that the tool forked came back from the call, too
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):
            pass
        view = memoryview(reply + b"\n")
        while view:
            view = view[os.write(replies, view) :]
    os._exit(0)


CONFIGURATION = json.loads(sys.argv[1])
SKILL = CONFIGURATION["skill"]
WRITABLE = CONFIGURATION.get("visible", [])
MODULE = None
LOOP = None
DENIALS = []
if CONFIGURATION.get("processes"):
    resource.setrlimit(resource.RLIMIT_NPROC, (CONFIGURATION["processes"],) * 2)
