import { Sandbox } from "../../sandbox";

/**
 * A sandbox as a process of its own that makes one topic after the other: says the proxy's address, then of each topic
 * its number and the status that the client got.
 */
async function write(folder: string): Promise<void> {
    const sandbox = await Sandbox.start({ stateDir: folder });
    process.send?.({ proxy: sandbox.environment()["HTTPS_PROXY"] });
    const body = { labels: { text: "x".repeat(60) } };
    for (let n = 0; ; n++) {
        const url = `https://pubsub.googleapis.com/v1/projects/demo/topics/t-${n}`;
        const { status } = await sandbox.request("PUT", url, { body });
        process.send?.({ n, status });
        await new Promise((resolve) => setTimeout(resolve, 1));
    }
}

void write(process.argv[2] ?? "");
