import * as pulumi from "@pulumi/pulumi";
import { deployer, Ingress, InvokableAgent, InvokableMcpServer } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";
const image = (name: string): string => `europe-docker.pkg.dev/demo/examples/agent-calls-tool-${name}:1`;
const probeMinters = [deployer()];

/** The check begins a session as an account of its own, and looks for the tool. It calls no tool. */
const tools = new InvokableMcpServer("tools", {
    image: image("tools"),
    location,
    ingress: Ingress.All,
    smokeCheck: { tools: ["stock"], probeMinters },
});

/**
 * Its code finds the URL of the server in TOOLS_URL, and asks for a token at each request. The check reads its card, whose URLs must be
 * its own, and sends it a message.
 */
const agent = new InvokableAgent("agent", {
    image: image("agent"),
    location,
    ingress: Ingress.All,
    publicCard: false,
    invokes: { tools },
    smokeCheck: { skills: ["stock"], message: "lamp", expect: { matches: "7 of lamp" }, probeMinters },
});

export const cardUrl = agent.cardUrl;
export const mcpUrl = tools.mcpUrl;
export const invokeCommand = agent.invokeCommand;
