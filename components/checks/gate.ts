import { AsyncResource } from "node:async_hooks";
import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { version } from "@pulumi/pulumi/version";
import type * as smoke from "../../smoke";
import type { Progress, Report, SmokeSpec } from "../../smoke";
import {
    oncePerProgram,
    type ProviderIdentity,
    providerIdentity,
    reportFolder,
    type SmokeMode,
    smokeMode,
    SmokeCheckFailed,
    userError,
} from "../base";

/**
 * Holds the update until the smoke check is green. The spec is kept by a sentinel resource, and the check runs *before*
 * the sentinel is created or updated: a check that fails leaves the sentinel as it was, so that the next update runs it
 * again; one that passed is not repeated until the spec changes; a preview never runs it. An *after* hook would let the
 * next update pass without a check, because the sentinel would be there already.
 * @param dependsOn All that must be deployed before the check.
 */
export function gate(
    component: pulumi.Resource,
    name: string,
    spec: pulumi.Output<SmokeSpec>,
    dependsOn: pulumi.Resource[],
): void {
    const mode = smokeMode();
    if (mode === "off") {
        return;
    }
    const identity = providerIdentity(component);
    const reports = reportFolder();
    const run = async (args: pulumi.ResourceHookArgs): Promise<void> => {
        const input = (args.newInputs as { input: pulumi.Input<SmokeSpec> }).input;
        await check(component, await value(pulumi.output(input)), await value(identity), mode, reports);
    };
    // Bound, as Pulumi calls it from outside: an inline program of the automation API would log past its own engine.
    const { ResourceHook, Stash } = gateClasses(component);
    const hook = new ResourceHook(hookName(`${name}-smoke`), AsyncResource.bind(run));
    new Stash(
        `${name}-smoke`,
        { input: spec },
        { parent: component, dependsOn, hooks: { beforeCreate: [hook], beforeUpdate: [hook] } },
    );
}

/** @throws ResourceError where the SDK is too old, which not every package manager refuses to install. */
function gateClasses(component: pulumi.Resource): Pick<typeof pulumi, "ResourceHook" | "Stash"> {
    const sdk: Partial<typeof pulumi> = pulumi;
    if (sdk.ResourceHook !== undefined && sdk.Stash !== undefined) {
        return pulumi;
    }
    throw userError(
        component,
        `the smoke check needs @pulumi/pulumi 3.208.0 or newer, and the program has ${version}; run npm install @pulumi/pulumi@^3.208.0, or set gcp-invoke:smoke to off`,
    );
}

async function check(
    component: pulumi.Resource,
    spec: SmokeSpec,
    identity: ProviderIdentity,
    mode: SmokeMode,
    reports: string | undefined,
): Promise<void> {
    // Loaded only where a check runs: a preview needs neither the check nor the libraries that get tokens.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { formatReport, runSmokeCheck } = require("../../smoke") as typeof smoke;
    const report = await runSmokeCheck(spec, {
        credentials: identity,
        onProgress: (progress) => void tell(component, progress),
    });
    if (reports !== undefined) {
        await writeReport(reports, report);
    }
    const text = formatReport(report);
    if (report.verdict === "passed") {
        await pulumi.log.info(text, component);
        return;
    }
    if (mode === "enforce") {
        throw new SmokeCheckFailed(text);
    }
    await pulumi.log.warn(`${text}\n(gcp-invoke:smoke is warn: the update goes on)`, component);
}

/** While it waits, people see for what; the last line only, as the report says all. */
async function tell(component: pulumi.Resource, { probe, state, message, retryInSeconds }: Progress): Promise<void> {
    if (state !== "waiting") {
        return;
    }
    const next = retryInSeconds === undefined ? "" : `, next try in ${Math.ceil(retryInSeconds)} s`;
    await pulumi.log.info(`${probe}: ${message ?? "waiting"}${next}`, component, undefined, true);
}

async function writeReport(folder: string, report: Report): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `${report.name}.json`), `${JSON.stringify(report, undefined, 4)}\n`);
}

const hookNames = oncePerProgram(() => new Map<string, number>());

/** A hook's name is unique in a program; components of two types, or below two parents, may share theirs. */
function hookName(name: string): string {
    const names = hookNames();
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
}

/** What an output has come to; a hook runs when everything that the gate depends on is known. */
function value<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => {
        output.apply((known: unknown) => {
            resolve(known as T);
        });
    });
}
