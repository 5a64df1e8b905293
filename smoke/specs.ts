import type { SmokeSpec } from "./spec";
import { grantsOfState, type StateResource } from "./callers";
import { SpecError } from "./errors";

/** The kinds of probes that this version of the package can run. */
export const probeKinds: readonly string[] = [
    "workflow",
    "request",
    "policy",
    "callers",
    "account",
    "sender",
    "provider",
    "gateway",
    "endpoints",
    "schedule",
    "job",
    "task",
    "message",
];

/** Matches the type of the resource that keeps a component's spec. */
const stash = /^pulumi:index(\/stash)?:Stash$/;

/**
 * Checks that a value from outside, such as a file or the state of a stack, is a spec that this version can run.
 *
 * @param from Where the value comes from, for errors.
 * @throws SpecError that names what is missing or unknown
 */
export function parseSpec(value: unknown, from: string): SmokeSpec {
    if (!looksLikeSpec(value)) {
        throw new SpecError(`${from} is no smoke spec: it needs version, name, project and probes`);
    }
    if (value.version !== 1) {
        throw new SpecError(`${from} has version ${String(value.version)}`, {
            fix: "this gcp-invoke reads version 1: update it",
        });
    }
    const names = new Set<unknown>();
    for (const probe of value.probes as { kind?: unknown; name?: unknown }[]) {
        if (!probeKinds.includes(String(probe.kind))) {
            throw new SpecError(`${from} has a probe of the kind ${JSON.stringify(probe.kind)}`, {
                fix: `known are ${probeKinds.join(", ")}`,
            });
        }
        if (typeof probe.name !== "string" || names.has(probe.name)) {
            throw new SpecError(`${from} has a probe without a name of its own: ${JSON.stringify(probe.name)}`);
        }
        names.add(probe.name);
    }
    return value as unknown as SmokeSpec;
}

/**
 * The specs that the gates of a stack keep in its state.
 *
 * @param state What `pulumi stack export` prints, or any JSON with a list of resources in it.
 * @throws SpecError if the state holds a spec that cannot be read
 * @example const specs = specsOfState(JSON.parse(readFileSync("state.json", "utf8")));
 */
export function specsOfState(state: unknown): SmokeSpec[] {
    const resources = resourcesOf(state);
    const declares = grantsOfState(resources);
    return resources.flatMap(({ type, urn = "a Stash in the state", inputs }) => {
        if (!stash.test(type ?? "")) {
            return [];
        }
        const input = inputs?.["input"];
        // A part of a spec is secret if the user gave a secret as an argument or an expectation.
        if (urn.endsWith("-smoke") || looksLikeSpec(input)) {
            const spec = withSecrets(input, urn);
            return looksLikeSpec(spec) ? [{ ...parseSpec(spec, urn), ...(declares.length > 0 && { declares }) }] : [];
        }
        return [];
    });
}

/** How a state marks values that are not plain JSON. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

/** A value of the state with its secrets in plain text. */
function withSecrets(value: unknown, urn: string): unknown {
    if (Array.isArray(value)) {
        return value.map((inner: unknown) => withSecrets(inner, urn));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value);
    if ((value as Record<string, unknown>)[signature] !== secret) {
        return Object.fromEntries(entries.map(([key, inner]) => [key, withSecrets(inner, urn)]));
    }
    const { plaintext } = value as { plaintext?: unknown };
    if (typeof plaintext !== "string") {
        throw new SpecError(
            `${urn} keeps a smoke spec with a secret in it, which is encrypted: pulumi stack export --show-secrets | gcp-invoke verify --state -`,
        );
    }
    return withSecrets(JSON.parse(plaintext), urn);
}

function resourcesOf(state: unknown): StateResource[] {
    if (typeof state !== "object" || state === null) {
        return [];
    }
    const { resources, deployment, checkpoint, latest } = state as Record<string, unknown>;
    if (Array.isArray(resources)) {
        return resources as StateResource[];
    }
    return [deployment, checkpoint, latest].flatMap(resourcesOf);
}

/** Whether a value is meant as a spec: it has what every version of the format has. */
export function looksLikeSpec(value: unknown): value is { version: unknown; probes: unknown[] } {
    const { version, name, project, probes } = Object(value) as Record<string, unknown>;
    return version !== undefined && typeof name === "string" && typeof project === "string" && Array.isArray(probes);
}
