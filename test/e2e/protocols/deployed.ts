import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStack, type Stack } from "../../../engine";
import { formatReport, type GrantRef, type Report, type SmokeSpec, specsOfState, verifySpecs } from "../../../smoke";
import { enter } from "../../support/enter";
import { startSandboxed, type Sandboxed } from "../../support/sandboxed";

/** A program that is deployed in a sandbox, and its smoke checks. */
export interface DeployedProgram {
    world: Sandboxed;
    stack: Stack;
    /** What the update said, and whether it succeeded. */
    said: string;
    result: string;
    specs: SmokeSpec[];
    /** Runs the check of a component again; where something runs meanwhile, by the clock of this machine. */
    check(name: string, specs?: SmokeSpec[], realTime?: boolean): Promise<{ report: Report; text: string }>;
    /** The verdicts of a check, by the names of its probes. */
    verdicts(name: string, realTime?: boolean): Promise<Record<string, string>>;
    /** Runs a check while a grant is missing. */
    without(grant: GrantRef, run: () => Promise<void>): Promise<void>;
    /** Updates the stack by another program. */
    change(program: () => Promise<Record<string, unknown>>): Promise<string>;
    close(): Promise<void>;
}

/**
 * @param services what `sandbox.yaml` says of each image
 * @param hosts what it says of hosts outside of Google Cloud
 * @param jobs what it says of images of jobs
 */
export async function deployProgram(
    program: () => Promise<Record<string, unknown>>,
    services: object[],
    hosts: object[] = [],
    jobs: object[] = [],
): Promise<DeployedProgram> {
    const folder = mkdtempSync(join(tmpdir(), "deployed-"));
    const mapping = join(folder, "sandbox.yaml");
    writeFileSync(mapping, JSON.stringify({ services, hosts, jobs }));
    const world = await startSandboxed({ mapping });
    const leave = enter(world.sandbox);
    let current = program;
    const stack = await openStack({
        program: () => current(),
        config: { "gcp:project": "demo" },
        stateDirectory: folder,
        request: (method, url, body, headers) =>
            world.sandbox.request(method, url, { body, ...(headers && { headers }) }),
    });
    const { result, diagnostics } = await stack.up();
    const specs = specsOfState(stack.export());
    const { clock } = world.sandbox.cloud;
    const check = async (name: string, those = specs, realTime = false): Promise<{ report: Report; text: string }> => {
        const [report] = await verifySpecs(
            those.filter((spec) => spec.name === name),
            {
                ...{ http: world.http, credentials: { env: world.env }, deadlineSeconds: 60 },
                ...(!realTime && {
                    clock: {
                        now: () => clock.now(),
                        sleep: (milliseconds: number) => {
                            clock.advance(milliseconds);
                            return Promise.resolve();
                        },
                    },
                }),
            },
        );
        assert.ok(report);
        return { report, text: formatReport(report) };
    };
    return {
        ...{ world, stack, specs, check, result, said: diagnostics.map(({ message }) => message).join("\n") },
        async verdicts(name, realTime) {
            const { report } = await check(name, specs, realTime);
            return Object.fromEntries(report.probes.map((probe) => [probe.name, probe.verdict]));
        },
        async without({ resource, role, member }, run) {
            await world.revoke(resource, role, member);
            try {
                await run();
            } finally {
                await world.grant(resource, role, member);
            }
        },
        async change(other) {
            current = other;
            const up = await stack.up();
            return up.result === "succeeded" ? up.result : up.diagnostics.map(({ message }) => message).join("\n");
        },
        async close() {
            leave();
            await world.close();
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
