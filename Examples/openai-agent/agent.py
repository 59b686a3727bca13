#!/usr/bin/env python3
"""An agent with the OpenAI SDK whose tools are those of the MCP gateway: ten, however large the library behind them.

    python3 agent.py --model qwen2.5:7b --token TOKEN "What changed in this repository?"

The model finds skills, loads them and calls their tools by itself. Calls that may destroy something are put before you by
the gateway, with their exact arguments; the model cannot consent for you.
"""

import argparse
import asyncio
import json
import os
import sys

import httpx2
import mcp_types as types
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from openai import AsyncOpenAI

INSTRUCTIONS = (
    "You do what the user asks with the tools of skills. Find skills with search_skills, see what their tools take with "
    "load_skill, and call them with call_tool. Say at the end what was done, in one or two sentences."
)


def function(tool):
    """A tool of MCP as the Chat Completions API takes it."""
    return {
        "type": "function",
        "function": {"name": tool.name, "description": tool.description or "", "parameters": tool.input_schema},
    }


def text(result):
    """What a tool answered, as a text for the model; an error says so."""
    parts = [part.text for part in result.content if isinstance(part, types.TextContent)]
    answer = "\n".join(parts) or json.dumps(result.structured_content or {})
    return f"error: {answer}" if result.is_error else answer


async def consent(context, params):
    """Puts a call that may destroy something before the person at the terminal."""
    print(f"\n{params.message}", file=sys.stderr)
    answer = await asyncio.to_thread(input, "go on? [y/n] ")
    if not answer.lower().startswith("y"):
        return types.ElicitResult(action="decline")
    # A question for nothing but consent has one yes or no to fill in.
    fields = (getattr(params, "requested_schema", None) or {}).get("properties", {})
    content = {name: True for name, schema in fields.items() if schema.get("type") == "boolean"}
    return types.ElicitResult(action="accept", content=content)


async def converse(model, llm, gateway, request, turns):
    """The loop: the model speaks, its calls are made, until it says something without calling."""
    tools = [function(tool) for tool in (await gateway.list_tools()).tools]
    messages = [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": request}]
    for _ in range(turns):
        reply = await llm.chat.completions.create(model=model, messages=messages, tools=tools)
        message = reply.choices[0].message
        messages.append(message.model_dump(exclude_none=True))
        if not message.tool_calls:
            return message.content
        for call in message.tool_calls:
            try:
                result = await gateway.call_tool(call.function.name, json.loads(call.function.arguments or "{}"))
                answer = text(result)
            except ValueError as error:
                answer = f"error: the arguments are not JSON: {error}"
            print(f"→ {call.function.name} {call.function.arguments}", file=sys.stderr)
            messages.append({"role": "tool", "tool_call_id": call.id, "content": answer})
    return f"(stopped after {turns} turns)"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("request")
    parser.add_argument("--gateway", default="http://127.0.0.1:8420/mcp")
    parser.add_argument("--token", default=os.environ.get("SKILLWEAVER_TOKEN"), help="default: $SKILLWEAVER_TOKEN")
    parser.add_argument("--model", required=True)
    parser.add_argument("--turns", type=int, default=20)
    options = parser.parse_args()
    headers = {"Authorization": f"Bearer {options.token}"} if options.token else {}
    llm = AsyncOpenAI()  # reads OPENAI_BASE_URL and OPENAI_API_KEY
    async with httpx2.AsyncClient(headers=headers, timeout=120) as http:
        transport = streamable_http_client(options.gateway, http_client=http)
        async with Client(transport, elicitation_callback=consent) as gateway:
            print(await converse(options.model, llm, gateway, options.request, options.turns))


if __name__ == "__main__":
    asyncio.run(main())
