"""A server on the last SDK that knows only sessions: what a client meets when it probes an old server.

    .deps/mcp-servers/bin/python legacy_server.py stdio
    .deps/mcp-servers/bin/python legacy_server.py http [--port N] [--stateless] [--json]

Over HTTP it prints `listening http://127.0.0.1:PORT/mcp` once it listens.
"""

import argparse
import asyncio
import socket

import uvicorn
from mcp.server.fastmcp import Context, FastMCP
from pydantic import BaseModel


class Answer(BaseModel):
    """The form `ask` sends."""

    name: str


def make_server(options: argparse.Namespace) -> FastMCP:
    mcp = FastMCP("legacy", stateless_http=options.stateless, json_response=options.json, log_level="ERROR")

    @mcp.tool()
    def add(a: int, b: int = 1) -> int:
        """Adds two whole numbers."""
        return a + b

    @mcp.tool()
    async def count(ctx: Context, steps: int = 5) -> str:
        """Reports progress."""
        for step in range(1, steps + 1):
            await ctx.report_progress(step, steps, f"step {step}")
            await asyncio.sleep(0.01)
        return f"counted to {steps}"

    @mcp.tool()
    async def ask(ctx: Context) -> str:
        """Asks for a name."""
        answer = await ctx.elicit("Who is it?", Answer)
        return f"{answer.action}: {answer.data.name if answer.action == 'accept' else ''}"

    return mcp


async def serve_http(mcp: FastMCP, port: int) -> None:
    listener = socket.create_server(("127.0.0.1", port), backlog=512)
    server = uvicorn.Server(uvicorn.Config(mcp.streamable_http_app(), log_level="error", lifespan="on"))
    print(f"listening http://127.0.0.1:{listener.getsockname()[1]}/mcp", flush=True)
    await server.serve(sockets=[listener])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transport", choices=["stdio", "http"])
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--stateless", action="store_true", help="no session ids")
    parser.add_argument("--json", action="store_true", help="answer with JSON, never a stream")
    options = parser.parse_args()
    mcp = make_server(options)
    if options.transport == "stdio":
        mcp.run("stdio")
    else:
        asyncio.run(serve_http(mcp, options.port))


if __name__ == "__main__":
    main()
