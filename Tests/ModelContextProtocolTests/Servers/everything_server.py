"""An MCP server on the official SDK that uses every feature of the protocol, in both eras.

    everything_server.py stdio [options]
    everything_server.py http [--port N] [--json] [options]

Over HTTP it prints one line to standard output once it listens: `listening http://127.0.0.1:PORT/mcp`.
The SDK serves each connection in the era its first request asks for; `--era legacy` refuses the modern one
(only on stdio: a server of HTTP sessions alone is `legacy_server.py`).
"""

import argparse
import base64
import functools
import socket

import anyio
import mcp_types as types
import uvicorn
from everything_features import PAGE, State, add_features
from mcp.server.caching import CacheHint
from mcp.server.lowlevel import NotificationOptions
from mcp.server.mcpserver import MCPServer
from mcp.server.runner import serve_loop
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError


def make_server(options: argparse.Namespace) -> MCPServer:
    mcp = MCPServer(
        "everything",
        title="Everything",
        version="1.0.0",
        instructions="A server for tests: each tool shows one feature.",
        log_level="ERROR",
        cache_hints={"tools/list": CacheHint(ttl_ms=60_000, scope="public"), "resources/read": CacheHint(ttl_ms=1000)},
    )
    add_features(mcp, options.tools)
    add_low_level(mcp)
    return mcp


def paged(method: str, field: str, low) -> None:
    """Serves a list in pages of 50; the cursor is opaque."""
    entry = low.get_request_handler(method)

    async def handler(ctx, params):
        whole = await entry.handler(ctx, params)
        items = getattr(whole, field)
        try:
            start = int(base64.b64decode(params.cursor or "MA==", validate=True))
        except ValueError:
            raise MCPError(code=types.INVALID_PARAMS, message="invalid cursor") from None
        end = start + PAGE
        cursor = base64.b64encode(str(end).encode()).decode() if end < len(items) else None
        return whole.model_copy(update={field: items[start:end], "next_cursor": cursor})

    low.add_request_handler(method, types.PaginatedRequestParams, handler)


def add_low_level(mcp: MCPServer) -> None:
    """What the SDK's server leaves to the user: pages, the older era's subscriptions and log level."""
    low = mcp._lowlevel_server
    paged("tools/list", "tools", low)
    paged("resources/list", "resources", low)

    async def subscribe(ctx, params):
        State.subscribed.setdefault(str(params.uri), []).append(ctx.session)
        return types.EmptyResult()

    async def unsubscribe(ctx, params):
        State.subscribed.pop(str(params.uri), None)
        return types.EmptyResult()

    async def set_level(ctx, params):
        State.level = params.level
        return types.EmptyResult()

    low.add_request_handler("resources/subscribe", types.SubscribeRequestParams, subscribe)
    low.add_request_handler("resources/unsubscribe", types.UnsubscribeRequestParams, unsubscribe)
    low.add_request_handler("logging/setLevel", types.SetLevelRequestParams, set_level)
    changes = NotificationOptions(prompts_changed=True, resources_changed=True, tools_changed=True)
    low.create_initialization_options = functools.partial(low.create_initialization_options, changes)


async def serve_stdio(mcp: MCPServer, era: str) -> None:
    low = mcp._lowlevel_server
    async with stdio_server() as (reader, writer):
        if era == "legacy":
            async with low.lifespan(low) as state:
                await serve_loop(
                    low, reader, writer, lifespan_state=state, init_options=low.create_initialization_options()
                )
        else:
            await low.run(reader, writer, low.create_initialization_options())


async def serve_http(mcp: MCPServer, options: argparse.Namespace) -> None:
    listener = socket.create_server(("127.0.0.1", options.port), backlog=512)
    app = mcp.streamable_http_app(json_response=options.json)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    print(f"listening http://127.0.0.1:{listener.getsockname()[1]}/mcp", flush=True)
    await server.serve(sockets=[listener])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transport", choices=["stdio", "http"])
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--json", action="store_true", help="answer with JSON where no stream is needed")
    parser.add_argument("--tools", type=int, default=0, help="how many tools to add (120 makes three pages)")
    parser.add_argument("--era", choices=["both", "legacy"], default="both")
    options = parser.parse_args()
    mcp = make_server(options)
    if options.transport == "stdio":
        anyio.run(serve_stdio, mcp, options.era)
    else:
        anyio.run(serve_http, mcp, options)


if __name__ == "__main__":
    main()
