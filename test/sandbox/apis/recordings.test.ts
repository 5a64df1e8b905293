import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Policy } from "../../../sandbox/cloud";
import { Sandbox } from "../../../sandbox";
import { needBeside } from "../../support/beside";

interface Recorded {
    method: string;
    url: string;
    body?: unknown;
}

/** The recording has a topic and a subscription whose names Google refuses, because they are too short. */
const withLongNames = (line: string): string =>
    line.replaceAll("topics/t", "topics/tee").replaceAll("subscriptions/s", "subscriptions/sub");

/** What the real gcp provider sent for 19 resources: every request must get an answer that it accepts. */
describe("the requests that the gcp provider sends (read from beside the checkout)", () => {
    let sandbox: Sandbox | undefined;
    let folder: string;
    const commands = ["create", "refresh", "update", "refresh", "destroy"];

    before(async function () {
        folder = needBeside(this, "recordings");
        sandbox = await Sandbox.start({ project: "demo", projectNumber: "123456789", owner: "user:a@example.com" });
    });
    after(() => sandbox?.close());

    commands.forEach((command, turn) => {
        it(`are answered: ${command}, the ${turn + 1}. command`, async () => {
            const lines = readFileSync(resolve(folder, `gcp-provider-${command}.jsonl`), "utf8")
                .trim()
                .split("\n");
            const failures: string[] = [];
            for (const line of lines) {
                const { method, url, body } = JSON.parse(withLongNames(line)) as Recorded;
                const answer = await sandbox!.request(method, url, { body: await adapted(url, body) });
                if (answer.status !== 200) {
                    failures.push(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
                }
            }
            assert.deepEqual(failures, []);
        });
    });

    /**
     * The recording was made against a server that had no policies and other etags: what it sets is added to what is
     * there, so that the owner stays one, and carries the etag that a client would have read.
     */
    async function adapted(url: string, body: unknown): Promise<unknown> {
        if (!url.includes(":setIamPolicy")) {
            return body;
        }
        const set = body as { policy: Policy };
        const read = url.replace(":setIamPolicy", ":getIamPolicy");
        const method = /run\.|cloudfunctions\.|secretmanager\./.test(url) ? "GET" : "POST";
        const current = (await sandbox!.request(method, read)).body as Policy;
        const kept = url.includes("cloudresourcemanager") ? (current.bindings ?? []) : [];
        return {
            ...set,
            policy: { ...set.policy, etag: current.etag, bindings: [...kept, ...(set.policy.bindings ?? [])] },
        };
    }
});
