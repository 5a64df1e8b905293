// The check of an agent against an agent by the protocol's own library, unmodified. Run by scripts/clients.cjs once for each version of
// the protocol, told by its environment where the library is.
const assert = require("node:assert/strict");
const { once } = require("node:events");
const { createRequire } = require("node:module");

require("../../scripts/register.cjs");
const { askAgent } = require("../../smoke/probes/agent");
const load = createRequire(process.env.CLIENTS_FOLDER);
const server = load("@a2a-js/sdk/server");
const { agentCardHandler, jsonRpcHandler, UserBuilder } = load("@a2a-js/sdk/server/express");
const express = load("express");

const isOld = server.AgentEvent === undefined;

function cardOf(root) {
    const url = `${root}/a2a`;
    const card = { name: "echo", description: "says it again", version: "1.0.0", capabilities: { extensions: [] } };
    const modes = { defaultInputModes: ["text/plain"], defaultOutputModes: ["text/plain"] };
    const skills = [{ id: "echo", name: "echo", description: "says it again", tags: [] }];
    const where = isOld
        ? { url, protocolVersion: "0.3.0", preferredTransport: "JSONRPC" }
        : { supportedInterfaces: [{ url, protocolBinding: "JSONRPC", protocolVersion: "1.0", tenant: "" }] };
    return { ...card, ...modes, skills, ...where, securitySchemes: {}, securityRequirements: [], signatures: [] };
}

const executor = {
    async execute({ contextId, userMessage }, bus) {
        const message = { ...userMessage, messageId: "answer", contextId, role: isOld ? "agent" : 2 };
        bus.publish(isOld ? message : server.AgentEvent.message(message));
        bus.finished();
    },
    async cancelTask() {},
};

async function main() {
    const app = express();
    const listening = app.listen(0, "127.0.0.1");
    await once(listening, "listening");
    const root = `http://127.0.0.1:${listening.address().port}`;
    const requestHandler = new server.DefaultRequestHandler(cardOf(root), new server.InMemoryTaskStore(), executor);
    app.use("/.well-known/agent-card.json", agentCardHandler({ agentCardProvider: requestHandler }));
    app.use("/a2a", jsonRpcHandler({ requestHandler, userBuilder: UserBuilder.noAuthentication }));
    const exchange = async ({ url = `${root}/.well-known/agent-card.json`, ...request }) => {
        const answer = await fetch(url, request);
        return { status: answer.status, headers: {}, body: await answer.text(), milliseconds: 1 };
    };
    const own = { roots: [root], skills: ["echo"] };
    const answer = await askAgent(exchange, { ...own, message: "hello" });
    assert.match(answer.body ?? JSON.stringify(answer), /"messageId":"answer".*"text":"hello"/);
    const foreign = await askAgent(exchange, { ...own, roots: ["https://other.example.com"], message: "hello" });
    assert.equal(foreign.diagnosis?.code, "agent-card");
    listening.close();
    console.log(`ok a2a ${isOld ? "0.3" : "1.0"}`);
}
main();
