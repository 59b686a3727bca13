"""A FastMCP server whose tools run as tasks of the Tasks extension (modern era only; at once for everyone else).

    tasks_server.py stdio
    tasks_server.py http [--port N]

Over HTTP it prints `listening http://127.0.0.1:PORT/mcp` once it listens.
"""

import argparse
import asyncio
import socket

import mcp_types as types
import uvicorn
from fastmcp import Context, FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.utilities.tasks import TaskConfig
from fastmcp_tasks import TasksExtension

mcp = FastMCP("tasks", version="1.0.0")
mcp.add_extension(TasksExtension(url="memory://", concurrency=20))


APPROVAL = {"type": "object", "properties": {"approved": {"type": "boolean"}}, "required": ["approved"]}


@mcp.tool
def at_once(text: str) -> str:
    """Never a task."""
    return text


@mcp.tool(task=True)
async def maybe(seconds: float = 0.2, text: str = "done") -> str:
    """A task for a client that knows the extension, an ordinary call for others."""
    await asyncio.sleep(seconds)
    return text


@mcp.tool(task=TaskConfig(mode="required"))
async def always(seconds: float = 0.2) -> dict[str, float]:
    """Only ever a task."""
    await asyncio.sleep(seconds)
    return {"slept": seconds}


@mcp.tool(task=True)
async def failing() -> str:
    """A task that fails."""
    raise ToolError("the task failed as asked")


@mcp.tool(task=True)
async def asking(ctx: Context) -> str | types.InputRequiredResult:
    """A task that asks a question before it goes on."""
    if not ctx.input_responses:
        params = types.ElicitRequestFormParams(message="Shall it go on?", requested_schema=APPROVAL)
        return types.InputRequiredResult(input_requests={"go_on": types.ElicitRequest(params=params)})
    answer = ctx.input_responses["go_on"]
    return f"{answer.action}: {answer.content}"


@mcp.tool(task=True)
async def endless() -> str:
    """A task to cancel."""
    await asyncio.sleep(3600)
    return "never"


async def serve_http(port: int) -> None:
    listener = socket.create_server(("127.0.0.1", port), backlog=512)
    server = uvicorn.Server(uvicorn.Config(mcp.http_app(path="/mcp"), log_level="error", lifespan="on"))
    print(f"listening http://127.0.0.1:{listener.getsockname()[1]}/mcp", flush=True)
    await server.serve(sockets=[listener])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transport", choices=["stdio", "http"])
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    options = parser.parse_args()
    if options.transport == "stdio":
        mcp.run(show_banner=False, log_level="ERROR")
    else:
        asyncio.run(serve_http(options.port))


if __name__ == "__main__":
    main()
