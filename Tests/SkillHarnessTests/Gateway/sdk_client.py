"""Drives any MCP server with the official SDK's client or with FastMCP's, in a chosen era, and prints JSON.

    sdk_client.py [options] SUBCOMMAND … -- COMMAND [ARGUMENT…]        a server over stdio
    sdk_client.py [options] SUBCOMMAND … -- http://127.0.0.1:PORT/mcp  a server over streamable HTTP

    discover | tools | resources | templates | prompts                 what the server says of itself; lists with all pages
    call NAME [ARGUMENTS-JSON] [--cancel-after S] [--times N]          N calls at once
    read URI | prompt NAME [ARGUMENTS-JSON] | complete PROMPT ARGUMENT VALUE
    listen NAME [ARGUMENTS-JSON] [--uri URI]…                          what is notified while a tool runs
    run OPERATIONS-JSON                                                a list of the above over one connection, as objects:
                                                                       [{"do": "call", "name": "add", "arguments": {"a": 1}}]

Output: {"client", "protocolVersion", "server", "capabilities", "outcomes": […], "notifications": […], "asked": […]}.
An outcome is {"do", "ok": true, …} or {"do", "ok": false, "error": {"kind", "code", "message", "data"}}; a tool's own
failure is an outcome with "isError": true. Exit code: 0 all outcomes are ok, 1 one is not, 2 wrong usage, 3 no connection.
"""

import argparse
import json
import sys
import warnings
from typing import Any

import anyio
import fastmcp_tasks  # noqa: F401  (imported, it teaches FastMCP clients the Tasks extension)
import httpx2
import mcp_types as types
from fastmcp import Client as FastMCPClient
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from mcp import Client as SDKClient
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.client.subscriptions import listen as listen_to
from mcp.shared.exceptions import MCPError
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

MODES = {"auto": "auto", "legacy": "legacy", "modern": MODERN_PROTOCOL_VERSIONS[-1]}
PAGE_LIMIT = 1000


def plain(value: Any) -> Any:
    """A model as it was on the wire: without the defaults the SDK puts in."""
    return value.model_dump(by_alias=True, mode="json", exclude_unset=True) if hasattr(value, "model_dump") else value


class Script:
    """What the client answers when it is asked, and what it saw."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.answers: list[dict] = json.loads(options.answers)
        self.roots = options.root
        self.notifications: list[dict] = []
        self.asked: list[dict] = []

    def answer(self, params: Any) -> types.ElicitResult:
        self.asked.append(plain(params))
        answer = self.answers.pop(0) if self.answers else {"action": "decline"}
        return types.ElicitResult(action=answer["action"], content=answer.get("content"))

    async def elicit(self, context, params):
        return self.answer(params)

    async def elicit_fastmcp(self, message, response_type, params, context):
        return self.answer(params)

    async def sample(self, context, params):
        self.asked.append(plain(params))
        content = types.TextContent(type="text", text="scripted")
        return types.CreateMessageResult(
            role="assistant", content=content, model="scripted-model", stop_reason="endTurn"
        )

    async def sample_fastmcp(self, messages, params, context):
        return await self.sample(context, params)

    async def list_roots(self, context):
        return types.ListRootsResult(roots=[types.Root(uri=root, name=root) for root in self.roots])

    async def log(self, params):
        self.notifications.append({"method": "notifications/message", "params": plain(params)})

    async def message(self, message):
        if isinstance(message, types.LoggingMessageNotification):
            return  # `log` has it already
        if isinstance(message, Exception):
            self.notifications.append({"exception": f"{type(message).__name__}: {message}"[:300]})
        else:
            self.notifications.append(plain(message))


class Driver:
    """The same operations on either client; both hold an SDK session, and differ in how they drive it."""

    def __init__(self, options: argparse.Namespace, script: Script) -> None:
        self.options, self.script = options, script
        self.is_sdk = options.client == "sdk"
        self.client = self.sdk() if self.is_sdk else self.fastmcp()

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.options.bearer}"} if self.options.bearer else {}

    def sdk(self) -> SDKClient:
        options, script = self.options, self.script
        target: Any
        if options.url:
            http = httpx2.AsyncClient(headers=self.headers(), timeout=options.timeout)
            target = streamable_http_client(options.url, http_client=http)
        else:
            target = StdioServerParameters(
                command=options.command[0], args=options.command[1:], env=options.environment
            )
        return SDKClient(
            target,
            mode=MODES[options.era],
            read_timeout_seconds=options.timeout,
            elicitation_callback=None if options.no_input else script.elicit,
            sampling_callback=None if options.no_input else script.sample,
            list_roots_callback=None if options.no_input else script.list_roots,
            logging_callback=script.log,
            log_level=options.log_level,
            message_handler=script.message,
            cache=None,
        )

    def fastmcp(self) -> FastMCPClient:
        options, script = self.options, self.script
        if options.url:
            transport = StreamableHttpTransport(options.url, headers=self.headers())
        else:
            transport = StdioTransport(
                options.command[0], options.command[1:], env=options.environment, keep_alive=False
            )
        extra = {} if options.no_input else {"elicitation_handler": script.elicit_fastmcp, "roots": script.roots}
        if not options.no_input:
            extra["sampling_handler"] = script.sample_fastmcp
        return FastMCPClient(
            transport,
            mode=MODES[options.era],
            timeout=options.timeout,
            init_timeout=options.timeout,
            log_handler=script.log,
            message_handler=script.message,
            **extra,
        )

    # The lists, page by page.

    async def pages(self, first: str, field: str) -> dict:
        method = getattr(self.client, first if self.is_sdk else f"{first}_mcp")
        items, pages, cursor = [], 0, None
        while pages < PAGE_LIMIT:
            page = await method(cursor=cursor)
            pages += 1
            items += [plain(item) for item in getattr(page, field)]
            cursor = page.next_cursor
            if cursor is None:
                return {"pages": pages, "count": len(items), "items": items, "last": shell(page)}
        raise RuntimeError(f"more than {PAGE_LIMIT} pages")

    async def discover(self, operation: dict) -> dict:
        """The answer to `server/discover`, asked anew and as it came, or to `initialize`."""
        session = self.client.session
        if session.discover_result is None:
            return {"era": "legacy", "result": plain(session.initialize_result)}
        return {"era": "modern", "result": await session.send_discover(session.protocol_version)}

    async def tools(self, operation: dict) -> dict:
        return await self.pages("list_tools", "tools")

    async def resources(self, operation: dict) -> dict:
        return await self.pages("list_resources", "resources")

    async def templates(self, operation: dict) -> dict:
        return await self.pages("list_resource_templates", "resource_templates")

    async def prompts(self, operation: dict) -> dict:
        return await self.pages("list_prompts", "prompts")

    # Calls.

    async def call(self, operation: dict) -> dict:
        times = operation.get("times", 1)
        if times == 1:
            return await self.call_once(operation)
        outcomes: list[dict] = []

        async def one() -> None:
            outcomes.append(await outcome_of(self.call_once, operation))

        async with anyio.create_task_group() as group:
            for _ in range(times):
                group.start_soon(one)
        failed = [outcome for outcome in outcomes if not outcome["ok"] or outcome.get("isError")]
        return {"times": times, "failed": len(failed), "failures": failed[:5], "sample": outcomes[0]}

    async def call_once(self, operation: dict) -> dict:
        progress: list[dict] = []

        async def on_progress(done: float, total: float | None, message: str | None) -> None:
            progress.append({"progress": done, "total": total, "message": message})

        name, arguments = operation["name"], operation.get("arguments") or {}
        with anyio.move_on_after(operation.get("cancelAfter", float("inf"))) as scope:
            if self.is_sdk:
                result = await self.client.call_tool(
                    name, arguments, progress_callback=on_progress, meta=operation.get("meta")
                )
            else:
                result = await self.client.call_tool_mcp(
                    name, arguments, progress_handler=on_progress, meta=operation.get("meta")
                )
        if scope.cancelled_caught:
            return {"cancelled": True, "progress": progress}
        return {"isError": bool(result.is_error), "result": plain(result), "progress": progress}

    async def read(self, operation: dict) -> dict:
        method = self.client.read_resource if self.is_sdk else self.client.read_resource_mcp
        return {"result": plain(await method(operation["uri"]))}

    async def prompt(self, operation: dict) -> dict:
        method = self.client.get_prompt if self.is_sdk else self.client.get_prompt_mcp
        return {"result": plain(await method(operation["name"], operation.get("arguments") or {}))}

    async def complete(self, operation: dict) -> dict:
        reference = types.PromptReference(type="ref/prompt", name=operation["name"])
        argument = {"name": operation["argument"], "value": operation["value"]}
        method = self.client.complete if self.is_sdk else self.client.complete_mcp
        return {"result": plain(await method(reference, argument))}

    async def listen(self, operation: dict) -> dict:
        """Calls a tool while listening; in the older era it subscribes to the resources and collects what comes."""
        session, uris = self.client.session, operation.get("uris") or []
        before = len(self.script.notifications)
        events: list[str] = []
        if session.discover_result is None:
            for uri in uris:
                await session.subscribe_resource(uri)
            called = await self.call_once(operation)
            with anyio.move_on_after(operation.get("patience", 5)):
                while len(self.script.notifications) == before:
                    await anyio.sleep(0.01)
            return {"call": called, "notified": self.script.notifications[before:]}
        listening = listen_to(
            session,
            tools_list_changed=True,
            prompts_list_changed=True,
            resources_list_changed=True,
            resource_subscriptions=uris,
        )
        async with listening as subscription:
            called = await self.call_once(operation)
            with anyio.move_on_after(operation.get("patience", 5)):
                async for event in subscription:
                    events.append(repr(event))
                    break
            honored = plain(subscription.honored)
        return {"call": called, "honored": honored, "events": events}


def shell(page: Any) -> dict:
    """A list's result without the list: its type, lifetime and metadata."""
    return {key: value for key, value in plain(page).items() if not isinstance(value, list)}


async def outcome_of(method: Any, operation: dict) -> dict:
    try:
        return {"do": operation["do"], "ok": True, **await method(operation)}
    except Exception as error:
        return {"do": operation["do"], "ok": False, "error": described(error)}


def described(error: BaseException) -> dict:
    """An error as data: a protocol error's code, message and data, or the exception's kind and words."""
    if isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        return described(error.exceptions[0])
    if isinstance(error, MCPError):
        return {"kind": "protocol", "code": error.error.code, "message": error.error.message, "data": error.error.data}
    return {"kind": type(error).__name__, "message": str(error)[:2000]}


OPERATIONS = ["discover", "tools", "resources", "templates", "prompts", "call", "read", "prompt", "complete", "listen"]


async def drive(options: argparse.Namespace, operations: list[dict]) -> tuple[dict, int]:
    script = Script(options)
    report: dict[str, Any] = {"client": options.client, "era": options.era, "outcomes": []}
    try:
        driver = Driver(options, script)
        async with driver.client:
            session = driver.client.session
            report["protocolVersion"] = session.protocol_version
            report["server"] = plain(session.server_info)
            report["capabilities"] = plain(session.server_capabilities)
            report["instructions"] = session.instructions
            for operation in operations:
                report["outcomes"].append(await outcome_of(getattr(driver, operation["do"]), operation))
    except Exception as error:
        report["connection"] = described(error)
    report["notifications"], report["asked"] = script.notifications, script.asked
    if "connection" in report:
        return report, 3
    return report, 0 if all(outcome["ok"] for outcome in report["outcomes"]) else 1


def operations_of(options: argparse.Namespace) -> list[dict]:
    if options.do == "run":
        operations = json.loads(options.operations)
        unknown = [operation.get("do") for operation in operations if operation.get("do") not in OPERATIONS]
        if unknown:
            print(f"sdk_client: unknown operations {unknown}; there are: {', '.join(OPERATIONS)}", file=sys.stderr)
            raise SystemExit(2)
        return operations
    operation: dict[str, Any] = {"do": options.do}
    for key, name in [("name", "name"), ("uri", "uri"), ("argument", "argument"), ("value", "value"),
                      ("cancel_after", "cancelAfter"), ("times", "times"), ("uris", "uris")]:  # fmt: skip
        value = getattr(options, key, None)
        if value is not None:
            operation[name] = value
    if getattr(options, "arguments", None):
        operation["arguments"] = json.loads(options.arguments)
    return [operation]


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--client", choices=["sdk", "fastmcp"], default="sdk")
    parser.add_argument("--era", choices=sorted(MODES), default="auto")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds for one request")
    parser.add_argument(
        "--answers", default="[]", help='JSON list: [{"action": "accept", "content": {…}}]; else decline'
    )
    parser.add_argument("--root", action="append", default=[], help="a root URI to give when asked")
    parser.add_argument("--no-input", action="store_true", help="declare no elicitation, sampling or roots")
    parser.add_argument("--log-level", default=None, help="the log level asked for with each request (modern era)")
    parser.add_argument("--bearer", default=None, help="a bearer token for HTTP")
    parser.add_argument("--env", action="append", default=[], metavar="NAME=VALUE", help="of the server over stdio")
    commands = parser.add_subparsers(dest="do", required=True)
    for name in ["discover", "tools", "resources", "templates", "prompts"]:
        commands.add_parser(name)
    call = commands.add_parser("call")
    call.add_argument("--cancel-after", type=float)
    call.add_argument("--times", type=int)
    listen = commands.add_parser("listen")
    listen.add_argument("--uri", dest="uris", action="append")
    for command in [call, listen, commands.add_parser("prompt")]:
        command.add_argument("name")
        command.add_argument("arguments", nargs="?")
    commands.add_parser("read").add_argument("uri")
    complete = commands.add_parser("complete")
    for name in ["name", "argument", "value"]:
        complete.add_argument(name)
    commands.add_parser("run").add_argument("operations")
    if "--" not in arguments:
        parser.error("the server is missing: put its command or URL after --")
    cut = arguments.index("--")
    options = parser.parse_args(arguments[:cut])
    target = arguments[cut + 1 :]
    if not target:
        parser.error("the server is missing after --")
    options.url = target[0] if target[0].startswith(("http://", "https://")) else None
    options.command = target
    options.environment = dict(pair.split("=", 1) for pair in options.env) or None
    return options


def main() -> None:
    warnings.simplefilter("ignore")
    options = parsed(sys.argv[1:])
    report, code = anyio.run(drive, options, operations_of(options))
    json.dump(report, sys.stdout, ensure_ascii=False, default=str)
    sys.stdout.write("\n")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
