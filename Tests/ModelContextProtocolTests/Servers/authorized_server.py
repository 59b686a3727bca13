"""An MCP server over HTTP that needs a bearer token, with its own OAuth 2.1 authorization server, all of it the SDK's.

    authorized_server.py [--port N] [--token TOKEN] [--closed]

It prints `listening http://127.0.0.1:PORT/mcp` once it listens. The authorization server at the same address registers
clients dynamically, approves every authorization at once (as a user who always says yes), demands PKCE, and binds tokens
to the resource that was asked for. --token names a token that is valid from the start. --closed registers nobody.

What the authorization server does can be changed: POST /control?forget=access|refresh|all ends tokens, ?deny=yes|no refuses
authorizations, and every answer counts what was done so far: {"registered", "redeemed", "refreshed", "revoked"}.
"""

import argparse
import asyncio
import secrets
import socket
import time

import uvicorn
from mcp.server.auth.provider import (
    AccessToken,
    AuthorizationCode,
    AuthorizationParams,
    AuthorizeError,
    OAuthAuthorizationServerProvider,
    RefreshToken,
    construct_redirect_uri,
)
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions, RevocationOptions
from mcp.server.mcpserver import Context, MCPServer
from mcp.shared.auth import OAuthClientInformationFull, OAuthToken
from starlette.requests import Request
from starlette.responses import JSONResponse

SCOPE = "tools"
LIFETIME = 3600


class Memory(OAuthAuthorizationServerProvider[AuthorizationCode, RefreshToken, AccessToken]):
    """Clients, codes and tokens of one process."""

    def __init__(self) -> None:
        self.clients: dict[str, OAuthClientInformationFull] = {}
        self.codes: dict[str, AuthorizationCode] = {}
        self.tokens: dict[str, AccessToken] = {}
        self.refreshes: dict[str, RefreshToken] = {}
        self.denies = False
        self.counts = {"registered": 0, "redeemed": 0, "refreshed": 0, "revoked": 0}

    async def get_client(self, client_id):
        return self.clients.get(client_id)

    async def register_client(self, client_info):
        self.counts["registered"] += 1
        self.clients[client_info.client_id] = client_info

    async def authorize(self, client, params: AuthorizationParams) -> str:
        if self.denies:
            raise AuthorizeError(error="access_denied", error_description="the person said no")
        code = AuthorizationCode(
            code=secrets.token_urlsafe(32),
            scopes=params.scopes or [SCOPE],
            expires_at=time.time() + 60,
            client_id=client.client_id,
            code_challenge=params.code_challenge,
            redirect_uri=params.redirect_uri,
            redirect_uri_provided_explicitly=params.redirect_uri_provided_explicitly,
            resource=params.resource,
        )
        self.codes[code.code] = code
        return construct_redirect_uri(str(params.redirect_uri), code=code.code, state=params.state)

    async def load_authorization_code(self, client, authorization_code):
        return self.codes.get(authorization_code)

    async def exchange_authorization_code(self, client, authorization_code):
        del self.codes[authorization_code.code]
        self.counts["redeemed"] += 1
        return self.issue(client.client_id, authorization_code.scopes, authorization_code.resource)

    async def load_refresh_token(self, client, refresh_token):
        return self.refreshes.get(refresh_token)

    async def exchange_refresh_token(self, client, refresh_token, scopes):
        del self.refreshes[refresh_token.token]
        self.counts["refreshed"] += 1
        return self.issue(client.client_id, scopes or refresh_token.scopes, refresh_token.resource)

    async def load_access_token(self, token):
        return self.tokens.get(token)

    async def revoke_token(self, token):
        self.counts["revoked"] += 1
        self.tokens.pop(token.token, None)
        self.refreshes.pop(token.token, None)

    def issue(self, client: str, scopes: list[str], resource: str | None) -> OAuthToken:
        token, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self.grant(token, client, scopes, resource)
        self.refreshes[refresh] = RefreshToken(token=refresh, client_id=client, scopes=scopes, resource=resource)
        return OAuthToken(access_token=token, expires_in=LIFETIME, scope=" ".join(scopes), refresh_token=refresh)

    def grant(self, token: str, client: str, scopes: list[str], resource: str | None) -> None:
        expiry = int(time.time()) + LIFETIME
        self.tokens[token] = AccessToken(
            token=token, client_id=client, scopes=scopes, expires_at=expiry, resource=resource, subject="somebody"
        )


def make_server(address: str, token: str | None, closed: bool) -> MCPServer:
    resource, memory = f"{address}/mcp", Memory()
    if token:
        memory.grant(token, "from-the-start", [SCOPE], resource)
    settings = AuthSettings(
        issuer_url=address,
        resource_server_url=resource,
        required_scopes=[SCOPE],
        validate_token_resource=True,
        client_registration_options=ClientRegistrationOptions(
            enabled=not closed, valid_scopes=[SCOPE], default_scopes=[SCOPE]
        ),
        revocation_options=RevocationOptions(enabled=True),
    )
    mcp = MCPServer("authorized", version="1.0.0", auth=settings, auth_server_provider=memory, log_level="ERROR")

    @mcp.tool()
    def echo(text: str) -> str:
        """Returns its text."""
        return text

    @mcp.tool()
    def authorization_header(ctx: Context) -> str:
        """The header that came with the call."""
        return (ctx.headers or {}).get("authorization", "")

    @mcp.custom_route("/control", methods=["POST"])
    async def control(request: Request) -> JSONResponse:
        forget = request.query_params.get("forget")
        if forget in ("access", "all"):
            memory.tokens.clear()
        if forget in ("refresh", "all"):
            memory.refreshes.clear()
        memory.denies = request.query_params.get("deny", "no") == "yes"
        return JSONResponse(memory.counts)

    return mcp


async def serve(options: argparse.Namespace) -> None:
    listener = socket.create_server(("127.0.0.1", options.port), backlog=512)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = make_server(address, options.token, options.closed).streamable_http_app()
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    print(f"listening {address}/mcp", flush=True)
    await server.serve(sockets=[listener])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--token", help="a token that is valid from the start")
    parser.add_argument("--closed", action="store_true", help="register no clients")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
