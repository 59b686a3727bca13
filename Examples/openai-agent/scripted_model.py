#!/usr/bin/env python3
"""An OpenAI-compatible server that says what a script tells it: stands in for a model, so that the agent runs offline.

Prints its address, then serves until its standard input ends. It finds a skill, loads it, calls a tool, and says what the
tool answered; what it was offered and told is checked on the way, and a fault is an HTTP error the agent stops at.
"""

import http.server
import json
import sys
import threading

CALLS = [
    ("search_skills", {"query": "list the files in a folder"}),
    ("load_skill", {"name": "file-ops"}),
    ("call_tool", {"tool": "file-ops.list_files", "arguments": {}}),
]


def answer(body):
    """The next message of the model, from how far the conversation is."""
    offered = {tool["function"]["name"] for tool in body["tools"]}
    missing = {name for name, _ in CALLS} - offered
    if missing:
        raise ValueError(f"the agent does not offer {sorted(missing)}")
    results = [message["content"] for message in body["messages"] if message["role"] == "tool"]
    for result in results:
        if result.startswith("error"):
            raise ValueError(f"a tool failed: {result}")
    if len(results) < len(CALLS):
        name, arguments = CALLS[len(results)]
        call = {"name": name, "arguments": json.dumps(arguments)}
        return {"role": "assistant", "tool_calls": [{"id": f"c{len(results)}", "type": "function", "function": call}]}
    if "notes.txt" not in results[-1]:
        raise ValueError(f"the list of files is not what the workspace holds: {results[-1]}")
    return {"role": "assistant", "content": "The folder holds notes.txt."}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            message = answer(body)
        except ValueError as error:
            return self.reply(400, {"error": {"message": str(error)}})
        reason = "tool_calls" if "tool_calls" in message else "stop"
        self.reply(
            200,
            {
                "id": "scripted", "object": "chat.completion", "created": 0, "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": reason}],
            },
        )

    def reply(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)
    sys.stdin.read()
