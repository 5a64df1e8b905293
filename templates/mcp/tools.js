// Answers for the image in the sandbox: a server of the Model Context Protocol with one tool and no sessions, as far as this
// template needs one. An image for Google Cloud uses the official SDK: https://modelcontextprotocol.io/docs/sdk
const { text } = require("node:stream/consumers");

const number = { type: "number" };
const add = {
    name: "add",
    inputSchema: { type: "object", properties: { a: number, b: number }, required: ["a", "b"] },
};

const methods = {
    initialize: ({ protocolVersion }) => ({
        protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: "tools", version: "1.0.0" },
    }),
    ping: () => ({}),
    "tools/list": () => ({ tools: [add] }),
    "tools/call": ({ arguments: { a, b } }) => ({ content: [{ type: "text", text: String(a + b) }] }),
};

module.exports = async (request, response) => {
    if (request.method !== "POST" || request.url !== "/mcp") {
        response.writeHead(request.url === "/mcp" ? 405 : 404).end();
        return;
    }
    const { id, method, params } = JSON.parse(await text(request));
    if (id === undefined) {
        response.writeHead(202).end();
        return;
    }
    const answer = methods[method];
    const outcome = answer ? { result: answer(params ?? {}) } : { error: { code: -32601, message: `no ${method}` } };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ jsonrpc: "2.0", id, ...outcome }));
};
