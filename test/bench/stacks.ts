import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import { openStack } from "../../engine";
import { Sandbox } from "../../sandbox";

/** One line for each number of services. */
export async function stackLines(sizes: number[]): Promise<string[]> {
    const lines: string[] = [];
    for (const services of sizes) {
        const { resources, preview, up, unchanged, destroy, memory } = await measureStack(services);
        const figures = Object.entries({ preview, up, unchanged, destroy }).map(
            ([name, seconds]) => `${name} ${seconds.toFixed(1)}`,
        );
        lines.push(
            `${resources.toLocaleString("en")} resources, seconds of computing: ${figures.join(", ")}; memory ${memory.toFixed(0)} MB (aims: twice the time for twice the resources, less than 1,500 MB)`,
        );
    }
    return lines;
}

/** What a stack of so many services, each with a caller of its own, costs: in seconds of computing, program and sandbox included. */
interface StackFigures {
    services: number;
    resources: number;
    preview: number;
    up: number;
    unchanged: number;
    destroy: number;
    /** Of the process after all, in megabytes. */
    memory: number;
}

const location = "europe-west1";

/** A service, its account and grants, and a caller with an account and a grant: six resources. */
function service(index: number): void {
    const account = (name: string) => new gcp.serviceaccount.Account(name, { accountId: name });
    const [caller, own] = [account(`caller-${index}`), account(`service-${index}`)];
    const made = new gcp.cloudrunv2.Service(`s${index}`, {
        location,
        name: `s${index}`,
        deletionProtection: false,
        template: { serviceAccount: own.email, containers: [{ image: "example/s" }] },
    });
    const grant = (name: string, role: string, member: typeof caller.member) =>
        new gcp.cloudrunv2.ServiceIamMember(name, { location, name: made.name, role, member });
    grant(`invoke-${index}`, "roles/run.invoker", caller.member);
    grant(`view-${index}`, "roles/run.viewer", caller.member);
    new gcp.serviceaccount.IAMMember(`act-${index}`, {
        serviceAccountId: own.name,
        role: "roles/iam.serviceAccountUser",
        member: caller.member,
    });
}

/** Makes, leaves, and destroys a stack of so many services. @throws Error where an operation fails */
async function measureStack(services: number): Promise<StackFigures> {
    const state = mkdtempSync(join(tmpdir(), "bench-stacks-"));
    const sandbox = await Sandbox.start({ project: "demo" });
    const program = (): Promise<void> => {
        for (let index = 0; index < services; index++) {
            service(index);
        }
        return Promise.resolve();
    };
    const stack = await openStack({
        program,
        stateDirectory: state,
        config: { "gcp:project": "demo" },
        request: (method, url, body) => sandbox.request(method, url, { body }),
    });
    const computing = async (
        work: () => Promise<{ result: string; diagnostics: { message: string }[] }>,
    ): Promise<number> => {
        const before = process.cpuUsage();
        const { result, diagnostics } = await work();
        const { user, system } = process.cpuUsage(before);
        if (result !== "succeeded") {
            throw new Error(diagnostics.map(({ message }) => message).join("\n"));
        }
        return (user + system) / 1e6;
    };
    try {
        return {
            services,
            resources: services * 6,
            preview: await computing(() => stack.preview()),
            up: await computing(() => stack.up({ preview: false })),
            unchanged: await computing(() => stack.up({ preview: false })),
            destroy: await computing(() => stack.destroy()),
            memory: process.memoryUsage().rss / 1e6,
        };
    } finally {
        await sandbox.close();
        rmSync(state, { recursive: true, force: true });
    }
}
