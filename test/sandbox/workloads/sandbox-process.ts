import { request } from "node:http";
import { Sandbox } from "../../../sandbox";

/**
 * A process with a sandbox and one service that anyone may call: it calls it once, says the status, and does what it is
 * told. Its argument is a `sandbox.yaml`.
 */
async function main(): Promise<void> {
    const sandbox = await Sandbox.start({ mapping: process.argv[2] ?? "" });
    const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
    const body = { template: { containers: [{ image: "a/b:1" }] } };
    await sandbox.request("POST", `${services}?serviceId=one`, { body });
    const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
    await sandbox.request("POST", `${services}/one:setIamPolicy`, { body: { policy } });
    const { body: made } = await sandbox.request("GET", `${services}/one`);
    const url = (made as { uri: string }).uri.replace("https:", "http:");
    const { port } = sandbox.network;
    process.on("message", (what) => {
        if (what === "exit") {
            process.exit(0);
        }
        void sandbox.close().then(() => process.disconnect());
    });
    request({ port, host: "127.0.0.1", path: url, agent: false }, (answer) => {
        answer.resume();
        process.send?.(answer.statusCode);
    }).end();
}

void main();
