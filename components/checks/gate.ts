import { AsyncResource } from "node:async_hooks";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { version } from "@pulumi/pulumi/version";
import { fileNameOf, makeFolder, writePrivateFile } from "../../common";
import type * as smoke from "../../smoke";
import type { Progress, Report, SmokeSpec } from "../../smoke";
import {
    hookName,
    inPublicUniverse,
    log,
    type ProviderIdentity,
    providerIdentity,
    reportFolder,
    SmokeCheckFailed,
    type SmokeMode,
    smokeMode,
    userError,
    value,
} from "../base";
import { declaredGrants, type DeclaredGrants, formerIds } from "../grants";
import { lastChange } from "./last-change";

/**
 * Holds the update until the smoke check has passed. A resource keeps the spec, and the check runs *before* that resource is
 * created or updated. A check that fails leaves the resource as it was, so that the next update checks again; a check that
 * passed is repeated only when the spec changes, or what the check rests on; a preview runs none. After a hook that runs *after*
 * the creation, the next update would pass without a check, because the resource would be there already.
 * @param rests What the check rests on: it must be deployed before the check runs.
 */
export function gate(
    component: pulumi.Resource,
    name: string,
    spec: pulumi.Output<SmokeSpec>,
    rests: pulumi.Resource[],
): void {
    const mode = smokeMode();
    if (mode === "off") {
        return;
    }
    const identity = providerIdentity(component);
    const reports = reportFolder();
    const declared = declaredGrants();
    const run = async (args: pulumi.ResourceHookArgs): Promise<void> => {
        const { input: now } = args.newInputs as Kept;
        const { input: before } = (args.oldInputs ?? {}) as Partial<Kept>;
        // Each output is known, because a hook runs after everything that the gate depends on.
        const formerly = await formerIds(component, before && (await value(pulumi.output(before))));
        const who = () => ({ ...declared, formerly });
        await check(component, await value(pulumi.output(now)), await value(identity), who, mode, reports);
    };
    // Pulumi calls the hook from outside the program. Without the bound context, an inline program of the automation API would
    // log to another engine than its own.
    const { ResourceHook, Stash } = gateClasses(component);
    const hook = new ResourceHook(hookName(`${name}-smoke`), AsyncResource.bind(run));
    const input = pulumi
        .all([spec, lastChange(component, name, rests)])
        .apply(([known, at]): SmokeSpec => ({ ...known, fingerprint: { ...known.fingerprint, lastChange: at } }));
    const elsewhere = { what: "where its smoke check asks", instead: "set smokeCheck: { enabled: false }" };
    new Stash(
        `${name}-smoke`,
        { input: inPublicUniverse(component, elsewhere, input) },
        { parent: component, dependsOn: rests, hooks: { beforeCreate: [hook], beforeUpdate: [hook] } },
    );
}

/**
 * The classes of the SDK that a gate is made of.
 * @throws ResourceError if the SDK is too old: not every package manager refuses to install such a one
 */
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

/** What the resource of a gate keeps. */
interface Kept {
    input: pulumi.Input<SmokeSpec>;
}

async function check(
    component: pulumi.Resource,
    spec: SmokeSpec,
    identity: ProviderIdentity,
    declared: () => DeclaredGrants,
    mode: SmokeMode,
    reports: string | undefined,
): Promise<void> {
    // This is loaded only if a check runs, because a preview needs neither the check nor the libraries that get tokens.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { formatReport, runSmokeCheck } = require("../../smoke") as typeof smoke;
    const report = await runSmokeCheck(spec, {
        credentials: identity,
        declared,
        onProgress: (progress) => void showProgress(component, progress),
    });
    if (reports !== undefined) {
        writeReport(reports, report);
    }
    const text = formatReport(report);
    if (report.verdict === "passed") {
        const isWarning = report.probes.some(({ verdict }) => verdict === "warning");
        await (isWarning ? log.warn(text, component) : log.info(text, component));
        return;
    }
    if (mode === "enforce") {
        throw new SmokeCheckFailed(text);
    }
    await log.warn(`${text}\n(the update goes on, because gcp-invoke:smoke is warn)`, component);
}

/** Shows what the check waits for. Pulumi keeps only the last of these lines, because the report says everything. */
async function showProgress(
    component: pulumi.Resource,
    { probe, state, message, retryInSeconds }: Progress,
): Promise<void> {
    if (state !== "waiting") {
        return;
    }
    const next = retryInSeconds === undefined ? "" : `, next try in ${Math.ceil(retryInSeconds)} s`;
    await log.info(`${probe}: ${message ?? "waiting"}${next}`, component, true);
}

function writeReport(folder: string, report: Report): void {
    makeFolder(folder);
    writePrivateFile(path.join(folder, `${fileNameOf(report.name)}.json`), `${JSON.stringify(report, undefined, 4)}\n`);
}
