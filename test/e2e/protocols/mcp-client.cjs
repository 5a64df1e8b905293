/**
 * A client of the Model Context Protocol by its official SDK, unmodified. It prints the tools and what one of them answers, or the
 * error. Its token is fresh at each request, from whoever the environment says it is, or always TOKEN. With COMMAND it starts a server
 * that speaks on standard input.
 */
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { StreamableHTTPClientTransport } = require("@modelcontextprotocol/sdk/client/streamableHttp.js");
const { StdioClientTransport } = require("@modelcontextprotocol/sdk/client/stdio.js");
const { GoogleAuth } = require("google-auth-library");

const { SERVER, AUDIENCE, COMMAND, TOKEN, HEADER = "authorization", OWN } = process.env;

function overStandardInput() {
    const [command, ...args] = JSON.parse(COMMAND);
    return new StdioClientTransport({ command, args, env: process.env, stderr: "ignore" });
}

async function overHttp() {
    const auth = TOKEN === undefined ? await new GoogleAuth().getIdTokenClient(AUDIENCE) : undefined;
    const withToken = async (url, init) => {
        const headers = new Headers(init?.headers);
        const token = TOKEN ?? (await auth.idTokenProvider.fetchIdToken(AUDIENCE));
        if (OWN !== undefined) {
            headers.set("authorization", OWN);
        }
        headers.set(HEADER, `Bearer ${token}`);
        return fetch(url, { ...init, headers });
    };
    return new StreamableHTTPClientTransport(new URL(SERVER), { fetch: withToken });
}

async function main() {
    const client = new Client({ name: "agent", version: "1.0.0" });
    const transport = COMMAND === undefined ? await overHttp() : overStandardInput();
    await client.connect(transport);
    const { tools } = await client.listTools();
    const sum = await client.callTool({ name: "add", arguments: { a: 2, b: 3 } });
    const who = await client.callTool({ name: "whoami", arguments: {} });
    await transport.terminateSession?.();
    await client.close();
    const { authorization = "none" } = JSON.parse(who.content[0].text);
    return { tools: tools.map(({ name }) => name), sum: sum.content[0].text, seen: authorization.split(".").at(-1) };
}
main().then(
    (result) => console.log(JSON.stringify(result)),
    (error) => console.log(JSON.stringify({ error: String(error.message), code: error.code })),
);
