// An agent of the A2A protocol that answers by a tool of an MCP server. The library of the latter asks for headers at each request, so each gets a token that is valid
// then: Google's library keeps one as long as that is so. The audience is the root of the server, and never has its path.
const { randomUUID } = require("node:crypto");
const { createServer } = require("node:http");
const { json } = require("node:stream/consumers");
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { StreamableHTTPClientTransport } = require("@modelcontextprotocol/sdk/client/streamableHttp.js");
const { GoogleAuth } = require("google-auth-library");

const { TOOLS_URL, TOOLS_AUDIENCE = TOOLS_URL, PORT = "8080" } = process.env;
const identity = new GoogleAuth().getIdTokenClient(TOOLS_AUDIENCE);

async function withToken(url, init) {
    const headers = new Headers(init?.headers);
    for (const [name, value] of await (await identity).getRequestHeaders()) {
        headers.set(name, value);
    }
    return fetch(url, { ...init, headers });
}

async function stockOf(item) {
    const client = new Client({ name: "agent", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", TOOLS_URL), { fetch: withToken }));
    try {
        const { content } = await client.callTool({ name: "stock", arguments: { item } });
        return Number(content[0].text);
    } finally {
        await client.close();
    }
}

/** The card names the URL by which it was read: this service does not know another one. */
const card = (host) => ({
    ...{ name: "agent", description: "Tells how many of an item there are", version: "1.0.0" },
    supportedInterfaces: [{ url: `https://${host}/a2a`, protocolBinding: "JSONRPC", protocolVersion: "1.0" }],
    ...{ capabilities: {}, defaultInputModes: ["text/plain"], defaultOutputModes: ["text/plain"] },
    skills: [{ id: "stock", name: "stock", description: "Counts an item", tags: ["shop"] }],
});

async function answerTo({ id, method, params }) {
    if (method !== "SendMessage") {
        return { jsonrpc: "2.0", id, error: { code: -32601, message: `there is no method ${method}` } };
    }
    const item = params.message.parts.map(({ text = "" }) => text).join(" ");
    const parts = [{ text: `${await stockOf(item)} of ${item}` }];
    return { jsonrpc: "2.0", id, result: { message: { messageId: randomUUID(), role: "ROLE_AGENT", parts } } };
}

createServer(async (request, response) => {
    const isCard = request.method === "GET" && request.url === "/.well-known/agent-card.json";
    try {
        const answer = isCard ? card(request.headers.host) : await answerTo(await json(request));
        response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    } catch (error) {
        response.writeHead(502).end(`${error.message}\n`);
    }
}).listen(Number(PORT));
