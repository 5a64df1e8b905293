/** Runs an update, for tests that kill its process: `killed-engine.ts STATE URL COUNT REVISION`. */
import * as gcp from "@pulumi/gcp";

import { openStack } from "../../engine";

const [stateDirectory = "", cloud = "", count = "0", revision = ""] = process.argv.slice(2);

async function main(): Promise<void> {
    const stack = await openStack({
        program: () => {
            const accounts: gcp.pubsub.Topic[] = [];
            for (let index = 0; index < Number(count); index++) {
                // The next nine topics depend on every tenth one, so that the update has an order.
                const leader = accounts[index - (index % 10)];
                const topic = new gcp.pubsub.Topic(
                    `t${index}`,
                    { messageRetentionDuration: `${600 + Number(revision)}s` },
                    leader === undefined ? {} : { dependsOn: [leader] },
                );
                accounts[index] = topic;
            }
            return Promise.resolve();
        },
        stateDirectory,
        config: { "gcp:project": "demo" },
        request: async (method, url, body) => {
            const answer = await fetch(cloud, { method: "POST", body: JSON.stringify({ method, url, body }) });
            return (await answer.json()) as { status: number; body: unknown };
        },
    });
    process.stdout.write("ready\n");
    const result = await stack.up({ preview: false });
    process.stdout.write(`${JSON.stringify(result)}\n`);
    process.exit(result.result === "succeeded" ? 0 : 1);
}

void main();
