"""What the protocol's own library for Python does with an MCP server in a sandbox, as the account that may use it. Run by
scripts/clients.cjs, told by its environment where servers are."""

import asyncio
import json
import os

import google.oauth2.id_token
import httpx2
from google.auth.transport.requests import Request
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

server = os.environ["MCP_URL"]
closed = os.environ["CLOSED_MCP_URL"]


class IdToken(httpx2.Auth):
    """Gives each request a token that is valid then. The audience is the root of the server, never with its path."""

    def __init__(self, audience):
        self.credentials = google.oauth2.id_token.fetch_id_token_credentials(audience)

    def auth_flow(self, request):
        if not self.credentials.valid:
            self.credentials.refresh(Request())
        request.headers["Authorization"] = f"Bearer {self.credentials.token}"
        yield request


class Frozen(httpx2.Auth):
    """Gives each request the same token, as a program does that asked for one when it started."""

    def auth_flow(self, request):
        request.headers["Authorization"] = f"Bearer {os.environ['FROZEN_TOKEN']}"
        yield request


async def use(root, auth):
    """Lists the tools, calls them, and returns what they answered and the statuses of the answers."""
    statuses = []

    async def note(response):
        statuses.append(response.status_code)

    async with httpx2.AsyncClient(auth=auth, event_hooks={"response": [note]}, timeout=20) as http:
        try:
            async with Client(streamable_http_client(f"{root}/mcp", http_client=http)) as client:
                tools = sorted(tool.name for tool in (await client.list_tools()).tools)
                total = await client.call_tool("add", {"a": 2, "b": 3})
                seen = json.loads((await client.call_tool("whoami", {})).content[0].text)
                return tools, total.content[0].text, seen["authorization"].split(".")[-1]
        except Exception:
            return statuses[-1:]


def check(what, found, wanted):
    print(f"ok mcp: {what}" if found == wanted else f"failed mcp: {what}: {found}", flush=True)
    return found == wanted


async def main():
    used = (["add", "whoami"], "5", "SIGNATURE_REMOVED_BY_GOOGLE")
    results = [
        check("lists and calls a tool with a token at each request", await use(server, IdToken(server)), used),
        check("is refused without a token", await use(server, None), [403]),
        check("is refused without the grant", await use(closed, IdToken(closed)), [403]),
        check("is refused with another audience", await use(server, IdToken("https://other.example")), [401]),
        check("is refused with a token of an hour ago", await use(server, Frozen()), [401]),
    ]
    raise SystemExit(0 if all(results) else 1)


asyncio.run(main())
