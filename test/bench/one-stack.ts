import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import { openStack } from "../../engine";
import { Sandbox } from "../../sandbox";

/** What a stack of so many services, each with a caller of its own, costs: in seconds of computing, program and sandbox included. */
export interface StackFigures extends Record<Phase, number> {
    /** The most that the process ever had, in megabytes. */
    memory: number;
}

export type Phase = "preview" | "up" | "unchanged" | "destroy";

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

// The parent reads one line of JSON for each phase, and one for all at the end.
const tell = (what: object): void => console.log(JSON.stringify(what));

measureStack(Number(process.argv[2]), (phase, seconds) => tell({ phase, seconds }))
    .then((figures) => tell({ figures }))
    .catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
    });
