import * as gcp from "@pulumi/gcp";
import { Sandbox } from "../../sandbox";

/**
 * Starts sandboxes and closes each at a moment of its own while a program is deployed to it. Prints how each deployment
 * ended, and ends by itself when nothing is left. Its arguments say after which share of a deployment each is closed, in
 * thousandths: the fastest of five deployments, which are not interrupted, says how long one takes.
 */
async function main(): Promise<void> {
    let whole = Infinity;
    for (let round = 0; round < 5; round++) {
        const begun = performance.now();
        await closeAfter(undefined);
        whole = Math.min(whole, performance.now() - begun);
    }
    for (const share of process.argv.slice(2).map(Number)) {
        console.log(await closeAfter((whole * share) / 1000));
    }
}

async function closeAfter(milliseconds: number | undefined): Promise<string> {
    const sandbox = await Sandbox.start();
    const up = sandbox.up(program, { projectName: "closing" }).then(
        ({ result }) => result,
        (error: unknown) => `rejected: ${String(error)}`,
    );
    await (milliseconds === undefined ? up : new Promise((resolve) => setTimeout(resolve, milliseconds)));
    await sandbox.close();
    return await up;
}

function program(): Promise<Record<string, unknown>> {
    const accounts = Array.from(
        { length: 2 },
        (_, i) => new gcp.serviceaccount.Account(`caller-${i}`, { accountId: `caller-${i}` }),
    );
    const bucket = new gcp.storage.Bucket("bucket", { location: "EU" }, { dependsOn: accounts });
    return Promise.resolve({ bucket: bucket.name });
}

void main();
