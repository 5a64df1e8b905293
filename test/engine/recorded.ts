import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ResourceHookRequest } from "@pulumi/pulumi/proto/resource_pb";

import type { EngineEvent, ResourceState } from "../../engine";
import { fromStruct } from "../../engine/protocol/struct";
import { objectSchema, type PropertySchema, resourceSchema } from "../../engine/provider/schema";
import { inDependencyOrder } from "../../engine/state/state";
import { differences } from "../../engine/values/differences";
import { parsePath } from "../../engine/values/paths";
import { typeOf } from "../../engine/values/urn";
import { isKind, isObject, plain, type Properties, UNKNOWN, type Value } from "../../engine/values/values";

/** The key of a secret in compared values. Secrets are compared by their values. */
const SECRET = "(secret)";

/** One call of a recording. */
export interface Line {
    method: string;
    request: Properties & { urn?: string; id?: string; request?: string; dependencies?: string[] };
    response?: { urn?: string; id?: string; object?: Properties; properties?: Properties };
}

/** The answer to a registration; or the outputs of a registerResourceOutputs, which have no id. */
export interface Answer {
    urn: string;
    id?: string;
    outputs: Properties;
}

/** What this engine did at one command. */
export interface Observed {
    answers: Answer[];
    outputs: Answer[];
    /** The bytes of each request to a hook. */
    hooks: Uint8Array[];
    events: EngineEvent[];
    /** The resources of the state after the command. */
    resources: ResourceState[];
}

/**
 * The recorded program makes a topic `t` and a subscription `s`. Its stand-in for Google took them; Google takes names of
 * three characters and more. https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names
 */
export function withLongNames(text: string): string {
    return text
        .replaceAll(/(topics|subscriptions)\/([ts])(?=")/g, "$1/$2-long")
        .replaceAll(/("name":"|\{ name: ')([ts])(?=["'])/g, "$1$2-long");
}

/** The calls of one command, in the order of their answers. */
export function readRecording(folder: string, command: string): Line[] {
    return withLongNames(readFileSync(join(folder, `${command}.jsonl`), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Line);
}

/** The differences of a command from its recording, one in each line: `COMMAND RESOURCE: difference`. */
export function compare(command: string, lines: Line[], ours: Observed): string[] {
    const preview = command.includes("preview");
    const found = [
        ...compareAnswers(answersOf(lines), ours.answers),
        ...compareAnswers(outputsOf(lines), ours.outputs),
        ...compareHooks(hooksOf(lines), ours.hooks),
        ...compareOperations(lines, ours.events, preview),
        ...(preview ? [] : compareStates(lines, ours.resources)),
    ];
    return found.map((line) => `${command} ${line}`);
}

function answersOf(lines: Line[]): Answer[] {
    return lines.flatMap(({ method, response }) =>
        method === "ResourceMonitor/RegisterResource" && response?.urn !== undefined
            ? [{ urn: response.urn, id: response.id ?? "", outputs: response.object ?? {} }]
            : [],
    );
}

function outputsOf(lines: Line[]): Answer[] {
    return lines.flatMap(({ method, request }) =>
        method === "ResourceMonitor/RegisterResourceOutputs"
            ? [{ urn: request.urn ?? "", outputs: request["outputs"] as Properties }]
            : [],
    );
}

function hooksOf(lines: Line[]): Uint8Array[] {
    return lines.flatMap(({ method, request }) =>
        method === "Callbacks/Invoke" ? [Buffer.from(request.request ?? "", "base64")] : [],
    );
}

function compareAnswers(real: Answer[], ours: Answer[]): string[] {
    const missing = real.filter(({ urn }) => !ours.some((answer) => answer.urn === urn));
    const found = missing.map(({ urn }) => `${short(urn)}: not answered`);
    for (const { urn, id, outputs } of ours) {
        const answer = real.find((candidate) => candidate.urn === urn);
        if (answer === undefined) {
            found.push(`${short(urn)}: not in the recording`);
        } else {
            found.push(
                ...differing(urn, { ...outputs, "(id)": id ?? "" }, { ...answer.outputs, "(id)": answer.id ?? "" }),
            );
        }
    }
    return found;
}

/** Compares the requests to hooks, except for the options of resources, which the SDK does not read. */
function compareHooks(real: Uint8Array[], ours: Uint8Array[]): string[] {
    const told = (bytes: Uint8Array): Properties => {
        const request = ResourceHookRequest.deserializeBinary(bytes);
        return {
            urn: short(request.getUrn()),
            name: request.getName(),
            type: request.getType(),
            hasId: request.getId() !== "",
            newInputs: fromStruct(request.getNewInputs()),
            oldInputs: fromStruct(request.getOldInputs()),
            newOutputs: fromStruct(request.getNewOutputs()),
            oldOutputs: fromStruct(request.getOldOutputs()),
        };
    };
    const [a, b] = [settled(ours.map(told)), settled(real.map(told))];
    return a === b ? [] : [`hooks: ${a}, recorded ${b}`];
}

const CALLS: Record<string, string> = {
    "ResourceProvider/Create": "create",
    "ResourceProvider/Update": "update",
    "ResourceProvider/Delete": "delete",
    "ResourceProvider/Read": "read",
};
const STEPS: Record<string, string> = {
    create: "create",
    "create-replacement": "create",
    update: "update",
    delete: "delete",
    "delete-replaced": "delete",
    refresh: "read",
};

/** Compares the calls of the provider. Calls of one resource, or of two that depend on each other, must have the same order. */
function compareOperations(lines: Line[], events: EngineEvent[], preview: boolean): string[] {
    const real = lines.flatMap(({ method, request }) => {
        const call = CALLS[method];
        return call === undefined ? [] : [`${call} ${short(request.urn)}`];
    });
    const ours = events.flatMap((event) => {
        if (event.type !== "step" || event.phase !== "done" || !event.step.type.startsWith("gcp:")) {
            return [];
        }
        const call = STEPS[event.step.operation];
        // A preview does not ask the provider to delete.
        return call === undefined || (preview && call === "delete") ? [] : [`${call} ${short(event.step.urn)}`];
    });
    const [a, b] = [settled(ours.toSorted()), settled(real.toSorted())];
    if (a !== b) {
        return [`operations: ${a}, recorded ${b}`];
    }
    const related = dependenciesOf(lines);
    const found: string[] = [];
    for (const [at, first] of real.entries()) {
        for (const second of real.slice(at + 1)) {
            const [x = "", y = ""] = [first, second].map((call) => call.slice(call.indexOf(" ") + 1));
            if (x !== y && !related.has(`${x} ${y}`) && !related.has(`${y} ${x}`)) {
                continue;
            }
            if (ours.indexOf(first) > ours.indexOf(second)) {
                found.push(`order: ${second} before ${first}`);
            }
        }
    }
    return found;
}

/** The pairs `DEPENDENT DEPENDENCY` of all registrations. */
function dependenciesOf(lines: Line[]): Set<string> {
    return new Set(
        lines.flatMap(({ method, request, response }) =>
            method === "ResourceMonitor/RegisterResource"
                ? (request.dependencies ?? []).map((urn) => `${short(response?.urn)} ${short(urn)}`)
                : [],
        ),
    );
}

/** Compares the dependencies in the state with those of the registrations, and the outputs with those that were read. */
function compareStates(lines: Line[], resources: ResourceState[]): string[] {
    const found: string[] = [];
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const { method, request, response } of lines) {
        const kept = byUrn.get(response?.urn ?? request.urn ?? "");
        if (kept === undefined) {
            continue;
        }
        if (method === "ResourceMonitor/RegisterResource") {
            const real = {
                dependencies: (request.dependencies ?? []).toSorted(),
                byProperty: mapValues(request["propertyDependencies"], ({ urns }) => (urns ?? []).toSorted()),
            };
            const ours = {
                dependencies: (kept.dependencies ?? []).toSorted(),
                byProperty: mapValues(kept.propertyDependencies, (urns: string[]) => urns.toSorted()),
            };
            if (settled(ours) !== settled(real)) {
                found.push(`${short(kept.urn)}: (dependencies) ${settled(ours)}, recorded ${settled(real)}`);
            }
        }
        if (method === "ResourceProvider/Read") {
            const open = (properties: Properties) => plain(properties) as Properties;
            found.push(...differing(kept.urn, open(kept.outputs), open(response?.properties ?? {})));
        }
    }
    const orders = inDependencyOrder(byUrn).map(({ urn }) => urn);
    return orders.length === byUrn.size ? found : [...found, "a state out of order"];
}

function mapValues<T>(map: unknown, change: (value: T & { urns?: string[] }) => string[]): Record<string, string[]> {
    return Object.fromEntries(
        Object.entries((map ?? {}) as Record<string, T & { urns?: string[] }>).map(([key, value]) => [
            key,
            change(value),
        ]),
    );
}

/**
 * The properties in which two answers differ. Computed properties are only compared by whether they are known, and whether
 * they are secret: the sandbox returns what Google returns, and the recorded stand-in returns what it was sent.
 */
function differing(urn: string, ours: Properties, real: Properties): string[] {
    const schema = resourceSchema(typeOf(urn));
    const properties = { ...schema?.inputs, ...schema?.outputs };
    return differences(normal(ours), normal(real))
        .filter(({ path, before, after }) => {
            if (before === after) {
                return false;
            }
            const known = (value: unknown) => value !== UNKNOWN && !(isObject(value) && SECRET in value);
            const segments = parsePath(path).filter((segment) => segment !== SECRET);
            return !(computed(segments, properties) && known(before) && known(after));
        })
        .map(({ path, before, after }) => `${short(urn)}: ${path} ${show(before)}, recorded ${show(after)}`);
}

function computed([key = "", ...rest]: string[], properties: Record<string, PropertySchema>): boolean {
    const property = properties[key];
    if (property === undefined || property.computed) {
        return property?.computed ?? false;
    }
    const list = property.type.kind === "list";
    const type = list && property.type.kind === "list" ? property.type.of : property.type;
    const below = list ? rest.slice(1) : rest;
    return type.kind === "object" && below.length > 0 && computed(below, objectSchema(type.name));
}

function show(value: unknown): string {
    return JSON.stringify(value ?? null);
}

/** A value as text that is equal for two recorded runs. Empty lists and maps are left out. */
function settled(value: unknown): string {
    return JSON.stringify(normal(value as Value));
}

/** A value without the random ends of automatic names, revisions and addresses. */
function normal<T extends Value>(value: T): T {
    const tidy = (member: Value): Value => {
        if (typeof member === "string") {
            return member
                .replace(/-[0-9a-f]{7}(?![0-9a-z])/g, "-0000000")
                .replace(/^(0{5}\d)-[0-9a-f]{3}$/, "$1-000")
                .replace(/(?<=https:\/\/[a-z0-9-]+)-(abc|[a-z0-9]{10})(?=-uc\.a\.run\.app)/g, "-hash");
        }
        if (isKind(member, "secret")) {
            return { [SECRET]: tidy(member["value"] ?? null) };
        }
        if (Array.isArray(member)) {
            return member.length === 0 ? null : member.map(tidy);
        }
        if (member === null || typeof member !== "object") {
            return member;
        }
        const entries = Object.entries(member).map(([key, inner]): [string, Value] => [key, tidy(inner)]);
        // Pulumi's bridge to Terraform turns an absent map or list into an empty one as soon as its resource changes.
        return entries.length === 0 ? null : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    };
    const tidied = tidy(value);
    return (tidied ?? (typeof value === "object" ? {} : tidied)) as T;
}

function short(urn: string | undefined): string {
    return (urn ?? "").split("::").slice(2).join("::");
}
