"""Programs that serve HTTP, started for one measurement and watched from outside."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SKILLWEAVER = ROOT / ".build/release/skillweaver"
LIBRARY = ROOT / "../shared/data/library/mcp-servers-2026-05.jsonl"
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Sample:
    """What the system says about a process at one moment."""

    def __init__(self, process: int) -> None:
        folder = pathlib.Path(f"/proc/{process}")
        self.at = time.monotonic()
        self.resident = int((folder / "statm").read_text().split()[1]) * PAGE
        self.descriptors = len(os.listdir(folder / "fd"))
        self.threads = len(os.listdir(folder / "task"))


def tree(process: int) -> list[int]:
    """A process and all that it started, which still run."""
    found = [process]
    for place in found:
        with contextlib.suppress(OSError):
            for children in pathlib.Path(f"/proc/{place}/task").glob("*/children"):
                found += [int(child) for child in children.read_text().split()]
    return found


def processor_seconds(processes: list[int]) -> float:
    """Seconds of user and system time of these processes, ended children included."""
    total = 0
    for process in processes:
        with contextlib.suppress(OSError):
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(map(int, fields[11:15]))
    return total / TICKS


def busy_seconds() -> float:
    """Seconds that all processors together did something for anybody, or were taken by the host."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    user, nice, system, _, _, interrupts, soft, stolen = map(int, fields)
    return (user + nice + system + interrupts + soft + stolen) / TICKS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """A process that serves HTTP on a port of this machine."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        self.name = name
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )

    def said(self) -> str:
        """The end of what it wrote on its standard error."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")[-2000:]

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def sample(self) -> Sample:
        return Sample(self.process.pid)

    def wait_until_ready(self, address: str, patience: float = 180) -> None:
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if not self.is_alive:
                raise SystemExit(f"{self.name} ended with status {self.process.returncode}: {self.said()}")
            with contextlib.suppress(OSError):
                if urllib.request.urlopen(address, timeout=5).status == 200:
                    return
            time.sleep(0.05)
        self.stop()
        raise SystemExit(f"{self.name} was not ready after {patience:.0f} s: {self.said()}")

    def stop(self) -> float:
        """Ends it, by force after half a minute; returns the seconds it took."""
        started = time.monotonic()
        if self.is_alive:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.process.stdout.close()
        return time.monotonic() - started


class Service(Program):
    """`skillweaver serve` over libraries, in a home folder of its own."""

    def __init__(self, program: pathlib.Path, home: pathlib.Path, libraries: list[str], *options: str) -> None:
        chosen = [part for library in libraries for part in ("--library", library)]
        command = [program, "serve", "--port", "0", "--home", home, "--json", *chosen, *options]
        super().__init__("skillweaver serve", command)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise SystemExit(f"skillweaver serve ended with status {self.process.returncode}: {self.said()}")
        announced = json.loads(line)
        self.address = announced["address"]
        self.port = int(self.address.rsplit(":", 1)[1])
        self.token = pathlib.Path(announced["token_file"]).read_text().strip()
        self.wait_until_ready(self.address + "/readyz")

    def call(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> tuple[int, dict]:
        """Status and decoded answer of a call that may do everything."""
        request = urllib.request.Request(self.address + path, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as failure:
            return failure.code, json.loads(failure.read() or b"null")

    def demand(self, method: str, path: str, body: object = None) -> dict:
        """The answer of a call that must succeed."""
        status, answer = self.call(method, path, body)
        if status >= 300:
            raise SystemExit(f"{method} {path} was answered with {status}: {json.dumps(answer)[:600]}")
        return answer


def index(program: pathlib.Path, source: pathlib.Path, home: pathlib.Path, name: str = "bench") -> None:
    """Indexes a library once; what stands in the home folder already is only looked through."""
    command = [program, "index", source, "--library", name, "--home", home, "--json"]
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode != 0:
        raise SystemExit(f"the library cannot be indexed: {finished.stderr[-1000:]}")


@contextlib.contextmanager
def temporary_home():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="skillweaver-service-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def processor() -> str:
    text = pathlib.Path("/proc/cpuinfo").read_text()
    name = re.search(r"^model name\s*:\s*(.+)$", text, re.M)
    flags = re.search(r"^flags\s*:\s*(.+)$", text, re.M)
    has = [unit for unit in ("amx_bf16", "avx512_vnni", "avx512f", "avx2") if flags and unit in flags[1].split()]
    return f"{name[1] if name else 'unknown'} ({has[0] if has else 'baseline'})"
