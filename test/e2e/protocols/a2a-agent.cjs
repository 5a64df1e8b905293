/** An agent of the A2A protocol. MODE says which version of it, and where its card sends callers. It counts the messages that it got. */
const { createServer } = require("node:http");
const { text } = require("node:stream/consumers");

const { MODE = "new", PORT } = process.env;
let messages = 0;

function card(host) {
    const url = MODE === "foreign" ? "https://evil.example.com/a2a" : `https://${host}/a2a`;
    const rest = {
        name: "echo",
        description: "says it again",
        version: "1.0.0",
        skills: [{ id: "echo", name: "echo" }],
    };
    return MODE === "new"
        ? { ...rest, supportedInterfaces: [{ url, protocolBinding: "JSONRPC", protocolVersion: "1.0" }] }
        : { ...rest, url, protocolVersion: "0.3.0", preferredTransport: "JSONRPC" };
}

function answer({ id, method, params }) {
    messages += 1;
    const [{ text: said }] = params.message.parts;
    if (method !== (MODE === "new" ? "SendMessage" : "message/send")) {
        return { jsonrpc: "2.0", id, error: { code: -32601, message: "no such method" } };
    }
    const state = said === "fail" ? "failed" : "completed";
    const task = {
        id: "t",
        contextId: "c",
        status: { state: MODE === "new" ? `TASK_STATE_${state.toUpperCase()}` : state },
        said,
    };
    return { jsonrpc: "2.0", id, result: MODE === "new" ? { task } : { kind: "task", ...task } };
}

createServer(async (request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.url === "/.well-known/agent-card.json") {
        response.end(JSON.stringify(card(request.headers.host)));
    } else if (request.url === "/a2a" && request.method === "POST") {
        response.end(JSON.stringify(answer(JSON.parse(await text(request)))));
    } else {
        response.end(JSON.stringify({ messages }));
    }
}).listen(Number(PORT), "127.0.0.1");
