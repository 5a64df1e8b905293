import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import { openStack } from "../../engine";
import { Sandbox } from "../../sandbox";

/** Measures each number of services, and shows each figure as soon as it is known. */
export async function showStacks(sizes: number[], show: (line: string) => void): Promise<void> {
    let before: StackFigures | undefined;
    for (const services of sizes) {
        const title = `${(services * 6).toLocaleString("en")} resources`;
        const figures = await measureStack(services, (phase, seconds) => {
            show(`${title}: ${phase} ${seconds.toFixed(1)} s of computing`);
        });
        const { memory, ...phases } = figures;
        const growth = Object.entries(before ?? {}).flatMap(([name, seconds]) => {
            const now = name === "memory" ? undefined : phases[name as Phase];
            return now === undefined ? [] : [`${name} ${(now / (seconds as number)).toFixed(2)}`];
        });
        const grown = growth.length === 0 ? "" : `; times the row before: ${growth.join(", ")} (aim: 2)`;
        show(`${title}: memory ${memory.toFixed(0)} MB (aim: less than 1,500 MB)${grown}`);
        before = figures;
    }
}

/** What a stack of so many services, each with a caller of its own, costs: in seconds of computing, program and sandbox included. */
interface StackFigures extends Record<Phase, number> {
    /** The most that the process ever had, in megabytes. */
    memory: number;
}

type Phase = "preview" | "up" | "unchanged" | "destroy";

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
async function measureStack(services: number, show: (phase: Phase, seconds: number) => void): Promise<StackFigures> {
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
        phase: Phase,
        work: () => Promise<{ result: string; diagnostics: { message: string }[] }>,
    ): Promise<number> => {
        const before = process.cpuUsage();
        const { result, diagnostics } = await work();
        const { user, system } = process.cpuUsage(before);
        if (result !== "succeeded") {
            throw new Error(diagnostics.map(({ message }) => message).join("\n"));
        }
        const seconds = (user + system) / 1e6;
        show(phase, seconds);
        return seconds;
    };
    try {
        return {
            preview: await computing("preview", () => stack.preview()),
            up: await computing("up", () => stack.up({ preview: false })),
            unchanged: await computing("unchanged", () => stack.up({ preview: false })),
            destroy: await computing("destroy", () => stack.destroy()),
            memory: process.resourceUsage().maxRSS / 1e3,
        };
    } finally {
        await sandbox.close();
        rmSync(state, { recursive: true, force: true });
    }
}
