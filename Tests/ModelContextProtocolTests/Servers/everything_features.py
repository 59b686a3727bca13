"""The tools, resources and prompts of `everything_server.py`."""

import base64
import sys
from typing import Annotated, Literal

import anyio
import mcp_types as types
from mcp.server.mcpserver import (
    AcceptedElicitation,
    Context,
    Elicit,
    ElicitationResult,
    ListRoots,
    MCPServer,
    Resolve,
    Sample,
)
from mcp.server.mcpserver.exceptions import ToolError
from mcp.shared.exceptions import MCPError
from pydantic import BaseModel, Field

PAGE = 50
# The smallest valid PNG (one transparent pixel) and WAV (no samples).
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SILENCE = b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0@\x1f\0\0\x80>\0\0\2\0\x10\0data\0\0\0\0"

READ_ONLY = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class Weather(BaseModel):
    """What `weather` returns: an output schema with nesting, a list, an enumeration and an optional field."""

    class Wind(BaseModel):
        speed: float = Field(description="metres per second")
        direction: str

    city: str
    celsius: float
    wind: Wind
    warnings: list[str]
    note: str | None = None


class Booking(BaseModel):
    """A form with every primitive an elicitation may ask for."""

    name: str = Field(description="who travels", min_length=1, max_length=40)
    seats: int = Field(default=1, ge=1, le=9)
    price: float = Field(default=9.5)
    window: bool = Field(default=False)
    meal: Literal["none", "vegetarian", "vegan"] = "none"


class State:
    """What tools of one process leave behind: it can be asked for, so tests see what really happened."""

    cancelled: list[str] = []
    notes: dict[str, str] = {"first": "The first note."}
    subscribed: dict[str, list] = {}
    level: str | None = None


async def ask_booking() -> Elicit[Booking]:
    return Elicit("How shall we book?", Booking)


async def ask_model() -> Sample:
    message = types.SamplingMessage(role="user", content=types.TextContent(type="text", text="Say one word."))
    return Sample([message], max_tokens=8, system_prompt="Be brief.", temperature=0.0)


async def ask_roots() -> ListRoots:
    return ListRoots()


def adder(number: int):
    def bulk(x: int = 0) -> int:
        return number + x

    return bulk


def constant(text: str):
    def read() -> str:
        return text

    return read


def is_modern(ctx: Context) -> bool:
    return ctx.protocol_version == "2026-07-28"


def add_tools(mcp: MCPServer) -> None:
    @mcp.tool(annotations=READ_ONLY)
    def echo(text: str) -> str:
        """Returns its text."""
        return text

    @mcp.tool(title="Adder", annotations=READ_ONLY)
    def add(a: int, b: int = 1) -> int:
        """Adds two whole numbers."""
        return a + b

    @mcp.tool(annotations=READ_ONLY)
    def weather(city: str) -> Weather:
        """Structured output with an output schema."""
        return Weather(city=city, celsius=21.5, wind={"speed": 3.25, "direction": "NW"}, warnings=["pollen", "UV"])

    @mcp.tool(annotations=types.ToolAnnotations(destructive_hint=True, idempotent_hint=False))
    def put_note(name: str, text: str) -> str:
        """Writes a note."""
        State.notes[name] = text
        return f"wrote {name}"

    @mcp.tool(structured_output=False)
    def every_content(ctx: Context) -> list[types.ContentBlock]:
        """Text, an image, sound, a link to a resource and an embedded resource."""
        annotations = types.Annotations(audience=["user"], priority=0.5)
        return [
            types.TextContent(type="text", text="text", annotations=annotations),
            types.ImageContent(type="image", data=base64.b64encode(PIXEL).decode(), mime_type="image/png"),
            types.AudioContent(type="audio", data=base64.b64encode(SILENCE).decode(), mime_type="audio/wav"),
            types.ResourceLink(type="resource_link", uri="note://first", name="first", mime_type="text/plain"),
            types.EmbeddedResource(
                type="resource",
                resource=types.TextResourceContents(uri="note://first", text="The first note.", mime_type="text/plain"),
            ),
            types.EmbeddedResource(
                type="resource",
                resource=types.BlobResourceContents(
                    uri="data://pixel", blob=base64.b64encode(PIXEL).decode(), mime_type="image/png"
                ),
            ),
        ]

    @mcp.tool(structured_output=False)
    async def count(ctx: Context, steps: int = 5, milliseconds: int = 10) -> str:
        """Reports progress at each step."""
        for step in range(1, steps + 1):
            await ctx.report_progress(step, steps, f"step {step}")
            await anyio.sleep(milliseconds / 1000)
        return f"counted to {steps}"

    @mcp.tool(structured_output=False)
    async def wait(ctx: Context, seconds: float = 30, label: str = "") -> str:
        """Waits; a cancelled wait is remembered, see `cancelled`."""
        try:
            await ctx.report_progress(0, seconds, "waiting")
            await anyio.sleep(seconds)
        except anyio.get_cancelled_exc_class():
            State.cancelled.append(label)
            raise
        return "waited"

    @mcp.tool(structured_output=False)
    def cancelled() -> str:
        """The labels of the waits that were cancelled, one a line."""
        return "\n".join(State.cancelled)

    @mcp.tool(structured_output=False)
    def big(kilobytes: int = 1024) -> str:
        """As many kilobytes of text as asked for."""
        return "0123456789abcde\n" * (kilobytes * 64)

    @mcp.tool()
    def fail(kind: str = "tool") -> str:
        """Fails: `tool` as a result that is an error, `protocol` as a protocol error, `crash` unexpectedly."""
        if kind == "protocol":
            raise MCPError(code=-32050, message="refused by the server", data={"reason": "asked for"})
        if kind == "crash":
            raise ZeroDivisionError("an unexpected failure")
        raise ToolError("the tool failed as asked")

    @mcp.tool(structured_output=False)
    def routed(region: Annotated[str, Field(json_schema_extra={"x-mcp-header": "Region"})], query: str = "") -> str:
        """Its region travels as a header, too."""
        return f"{region}: {query}"

    @mcp.tool(structured_output=False)
    async def log(ctx: Context, text: str = "hello") -> str:
        """Logs at every level."""
        for level in ("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"):
            await ctx.session.send_log_message(level, {"text": text}, "everything", ctx.request_context.request_id)
        return "logged"

    @mcp.tool(structured_output=False)
    def complain(text: str = "hello") -> str:
        """Writes to standard error."""
        print(f"everything: {text}", file=sys.stderr, flush=True)
        return "complained"

    @mcp.tool(structured_output=False)
    async def learn(ctx: Context, name: str) -> str:
        """Adds a tool and says that the list has changed."""
        mcp.add_tool(lambda: f"{name} was learned", name=name, description="A tool learned while running.")
        await (ctx.notify_tools_changed() if is_modern(ctx) else ctx.session.send_tool_list_changed())
        return f"learned {name}"

    @mcp.tool(structured_output=False)
    async def touch(ctx: Context, uri: str = "note://first") -> str:
        """Says that a resource was updated."""
        await ctx.notify_resource_updated(uri)
        for session in State.subscribed.get(uri, []):
            await session.send_resource_updated(uri)
        return f"touched {uri}"

    @mcp.tool()
    def request_facts(ctx: Context) -> dict[str, object]:
        """What the server knows of the request that called it."""
        capabilities = ctx.client_capabilities
        return {
            "protocolVersion": ctx.protocol_version,
            "capabilities": capabilities.model_dump(by_alias=True, exclude_none=True) if capabilities else None,
            "headers": dict(ctx.headers) if ctx.headers else None,
            "meta": dict(ctx.request_context.meta or {}),
            "level": State.level,
        }


def add_interactive_tools(mcp: MCPServer) -> None:
    @mcp.tool(structured_output=False)
    def book(booking: Annotated[ElicitationResult[Booking], Resolve(ask_booking)], to: str = "Oslo") -> str:
        """Asks for a form before it answers."""
        if isinstance(booking, AcceptedElicitation):
            return f"{booking.data.name} to {to}, {booking.data.seats} seats"
        return f"not booked: {booking.action}"

    @mcp.tool(structured_output=False)
    async def sign_in(ctx: Context) -> types.CallToolResult | types.InputRequiredResult:
        """Asks for a visit to a web page."""
        url, question = "https://login.example/start?id=1", "Sign in, please."
        if not is_modern(ctx):
            action = (await ctx.elicit_url(question, url, "sign-in-1")).action
        elif not ctx.input_responses:
            request = types.ElicitRequest(params=types.ElicitRequestURLParams(message=question, url=url))
            return types.InputRequiredResult(input_requests={"sign_in": request}, request_state="waiting for sign-in")
        else:
            answer = ctx.input_responses["sign_in"]
            action = f"{answer.action}, state {ctx.request_state!r}"
        return types.CallToolResult(content=[types.TextContent(type="text", text=f"sign-in: {action}")])

    @mcp.tool(structured_output=False)
    async def two_rounds(ctx: Context) -> types.CallToolResult | types.InputRequiredResult:
        """Asks twice, the second time with state alone (modern era only)."""
        if ctx.request_state is None:
            form = types.ElicitRequest(
                params=types.ElicitRequestFormParams(
                    message="Go on?",
                    requested_schema={"type": "object", "properties": {"go": {"type": "boolean"}}, "required": ["go"]},
                )
            )
            return types.InputRequiredResult(input_requests={"go": form}, request_state="round 1")
        if ctx.request_state == "round 1":
            return types.InputRequiredResult(request_state="round 2")
        return types.CallToolResult(content=[types.TextContent(type="text", text=f"after {ctx.request_state}")])

    @mcp.tool(structured_output=False)
    def sample(word: Annotated[types.CreateMessageResult, Resolve(ask_model)]) -> str:
        """Asks the client's model."""
        return f"{word.model} said {word.content.text}"

    @mcp.tool(structured_output=False)
    def roots(found: Annotated[types.ListRootsResult, Resolve(ask_roots)]) -> str:
        """Asks for the client's roots."""
        return "\n".join(str(root.uri) for root in found.roots)


def add_resources(mcp: MCPServer) -> None:
    @mcp.resource("note://first", mime_type="text/plain", description="A note.")
    def first() -> str:
        return State.notes["first"]

    @mcp.resource("data://pixel", mime_type="image/png", description="One pixel.")
    def pixel() -> bytes:
        return PIXEL

    @mcp.resource("note://{name}", mime_type="text/plain", description="A note by its name.")
    def note(name: str) -> str:
        return State.notes.get(name, f"there is no note {name}")

    for number in range(PAGE + 10):
        uri = f"page://{number}"
        mcp.resource(uri, name=f"page {number}")(constant(uri))


def add_prompts(mcp: MCPServer) -> None:
    @mcp.prompt(title="Review")
    def review(code: str, language: str = "swift") -> str:
        """Asks for a review."""
        return f"Review this {language} code:\n{code}"

    @mcp.completion()
    async def complete(reference, argument, context):
        names = ["python", "swift", "rust"] if argument.name == "language" else sorted(State.notes)
        values = [name for name in names if name.startswith(argument.value)]
        return types.Completion(values=values, total=len(values), has_more=False)


def add_features(mcp: MCPServer, bulk: int) -> None:
    """Everything, and `bulk` tools more."""
    add_tools(mcp)
    add_interactive_tools(mcp)
    add_resources(mcp)
    add_prompts(mcp)
    for number in range(bulk):
        mcp.add_tool(adder(number), name=f"bulk_{number:04d}", description=f"Adds {number} to x.")
