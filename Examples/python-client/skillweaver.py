"""A client of SkillWeaver's HTTP API in one file, with nothing but the standard library.

    client = Client("http://127.0.0.1:8420", token)
    plan = client.route("Read notes.txt and delete the file old.txt")["plan"]
    run = client.start(plan)
    for event in client.follow(run["run"]):
        print(event["sentence"])
"""

import json
import urllib.error
import urllib.parse
import urllib.request


class ServiceError(Exception):
    """What the service refused, as its problem document says it."""

    def __init__(self, status, problem):
        self.status = status
        self.code = problem.get("code", "unknown")
        self.problem = problem
        parts = [problem.get("detail") or problem.get("title") or "the service refused", problem.get("hint")]
        super().__init__(f"{status} {self.code}: " + "; ".join(part for part in parts if part))


class Client:
    """Talks to one service; `token` is needed for whatever concerns runs."""

    def __init__(self, address, token=None, timeout=60):
        self.address = address.rstrip("/")
        self.token = token
        self.timeout = timeout

    def search(self, text, top=10):
        """The skills that fit a text best."""
        return self._get("/v1/search", q=text, top=top)["results"]

    def route(self, request):
        """A plan for a request, with the skills it names."""
        return self._post("/v1/route", {"request": request})

    def choose(self, plan, step, skill, tool):
        """The plan with another skill for a step; arguments are bound anew."""
        return self._post("/v1/plan/candidate", {"plan": plan, "step": step, "skill": skill, "tool": tool})["plan"]

    def start(self, plan, answers=None, key=None):
        """Begins a run. The same `key` never begins a second one, however often the call is repeated."""
        headers = {"Idempotency-Key": key} if key else {}
        return self._post("/v1/runs", {"plan": plan, "answers": answers or {}}, headers)

    def run(self, run):
        """The run as it is now."""
        return self._get(f"/v1/runs/{urllib.parse.quote(run)}")

    def answer(self, run, approve=(), deny=(), values=None):
        """Answers what the run asks: step names to approve or deny, values by "step.argument"."""
        body = {"approve": list(approve), "deny": list(deny), "values": values or {}}
        return self._post(f"/v1/runs/{urllib.parse.quote(run)}/answers", body)

    def cancel(self, run):
        return self._post(f"/v1/runs/{urllib.parse.quote(run)}/cancel", {})

    def follow(self, run, after=0, reconnections=5):
        """The events of a run as they happen, until it is finished.

        A connection that is lost is made again, and goes on behind the last event that came.
        """
        while True:
            try:
                for name, event in self._events(run, after):
                    if name == "end":
                        return
                    if name == "run":
                        after = event["sequence"]
                        yield event
                # The server is stopping; its next instance goes on with the run.
            except (ConnectionError, TimeoutError, urllib.error.URLError) as error:
                if isinstance(error, urllib.error.HTTPError):
                    raise
            if reconnections == 0:
                raise ServiceError(0, {"code": "lost", "detail": "the events of the run cannot be had any longer"})
            reconnections -= 1

    def _events(self, run, after):
        """One connection: pairs of an event's name and its data."""
        path = f"/v1/runs/{urllib.parse.quote(run)}/events?after={after}"
        # Signs of life come every 15 seconds: silence for much longer is a lost connection.
        with self._open(path, headers={"Accept": "text/event-stream"}, timeout=45) as stream:
            name, data = "message", []
            for line in stream:
                line = line.decode().rstrip("\r\n")
                if not line:
                    if data:
                        yield name, json.loads("\n".join(data))
                    name, data = "message", []
                elif line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:"):
                    data.append(line[5:].strip())

    def _get(self, path, **query):
        text = urllib.parse.urlencode(query)
        with self._open(f"{path}?{text}" if text else path) as answer:
            return json.load(answer)

    def _post(self, path, body, headers=None):
        data = json.dumps(body).encode()
        with self._open(path, data, {"Content-Type": "application/json", **(headers or {})}) as answer:
            return json.load(answer)

    def _open(self, path, data=None, headers=None, timeout=None):
        headers = {"Accept": "application/json", **(headers or {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.address + path, data, headers)
        try:
            return urllib.request.urlopen(request, timeout=timeout or self.timeout)
        except urllib.error.HTTPError as error:
            with error:
                text = error.read()
            try:
                problem = json.loads(text)
            except ValueError:
                problem = {"title": error.reason}
            raise ServiceError(error.code, problem) from None
