"""What clients in Python get at each address of a sandbox, as receivers.ts lists them: WebSockets (websockets), events
(httpx-sse), HTTP/2 (httpx) and gRPC (grpcio). All of them find the proxy and the authority in the environment. Run by
scripts/clients.cjs."""

import asyncio
import json
import os
from urllib.parse import urlsplit

import grpc
import httpx
import httpx_sse
import websockets

with open(os.environ["RECEIVERS"], encoding="utf-8") as file:
    told = json.load(file)


def headers(call):
    return {"authorization": call["authorization"]} if "authorization" in call else {}


async def web_socket(receiver, call):
    url = receiver["url"].replace("https:", "wss:")
    try:
        async with websockets.connect(url, additional_headers=headers(call)) as socket:
            await socket.recv()
            await socket.send("hello")
            return 200 if await socket.recv() == "hello" else "another message"
    except websockets.InvalidStatus as refused:
        return refused.response.status_code
    except websockets.InvalidURI as elsewhere:
        # It follows a redirect, and the login of IAP is no WebSocket.
        return 302 if elsewhere.uri.startswith("https://accounts.google.com/") else elsewhere.uri


def client(http2):
    return httpx.AsyncClient(http2=http2, timeout=20)


def over(http2):
    async def ask(receiver, call):
        async with client(http2) as http:
            answer = await http.get(receiver["url"], headers=headers(call))
            version = "HTTP/2" if http2 else "HTTP/1.1"
            return answer.status_code if answer.http_version == version else answer.http_version

    return ask


async def events(receiver, call):
    async with client(False) as http:
        stream = httpx_sse.aconnect_sse(http, "GET", f"{receiver['url']}/events", headers=headers(call))
        async with stream as source:
            return source.response.status_code


def grpc_call(method):
    def call_it(receiver, call):
        address = f"{urlsplit(receiver['url']).netloc}:443"
        with grpc.secure_channel(address, grpc.ssl_channel_credentials()) as channel:
            told = {"metadata": tuple(headers(call).items()), "timeout": 20}
            try:
                if method == "Check":
                    answer = channel.unary_unary("/grpc.health.v1.Health/Check")(b"", **told)
                    return 0 if answer == b"\x08\x01" else "not serving"
                parts = list(channel.stream_stream("/echo.Echo/Both")(iter([b"a", b"b"]), **told))
                return 0 if parts == [b"a", b"b"] else f"other messages: {parts}"
            except grpc.RpcError as refused:
                return refused.code().value[0]

    return lambda receiver, call: asyncio.to_thread(call_it, receiver, call)


CLIENTS = {
    "web": {
        "websockets": web_socket,
        "httpx over HTTP/1.1": over(False),
        "httpx over HTTP/2": over(True),
        "httpx-sse": events,
    },
    "grpc": {"grpcio, Check": grpc_call("Check"), "grpcio, Both": grpc_call("Both")},
}


async def main():
    failed = 0
    for receiver in told["receivers"]:
        for name, ask in CLIENTS[receiver["speaks"]].items():
            wrong = []
            for call in receiver["calls"]:
                try:
                    got = await ask(receiver, call)
                except Exception as error:  # the client's own way to fail is what is told
                    got = repr(error)
                wanted = call["status"] if receiver["speaks"] == "web" else told["refusals"][str(call["status"])]
                if got != wanted:
                    wrong.append(f"{call['caller']} got {got} in place of {wanted}")
            what = f"{name} at {receiver['name']}"
            print(f"failed {what}: {'; '.join(wrong)}" if wrong else f"ok {what}", flush=True)
            failed += len(wrong)
    raise SystemExit(1 if failed else 0)


asyncio.run(main())
