import { deployer, Ingress, InvokableMcpServer, InvokableService } from "pulumi-gcp-invoke";

const location = "europe-west1";

/** Only agents with a grant can use it. The check begins a session, lists the tools, and tries who must be denied. */
const tools = new InvokableMcpServer("tools", {
    image: "europe-docker.pkg.dev/acme/shop/tools:1",
    location,
    ingress: Ingress.All,
    smokeCheck: { tools: ["add"], probeMinters: [deployer()] },
});

/** Its code finds the URL of the server in TOOLS_URL, and gets its tokens from the metadata server. */
const agent = new InvokableService("agent", {
    image: "europe-docker.pkg.dev/acme/shop/agent:1",
    location,
    invokes: { tools },
    vpc: { subnetwork: "default" },
});

export const mcpUrl = tools.mcpUrl;
export const agentAccount = agent.serviceAccountEmail;
export const invokeCommand = tools.invokeCommand;
