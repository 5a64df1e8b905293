import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { MappingError } from "../cloud";

/** What answers, as `sandbox.yaml` names it. */
export type Runner =
    /** A module that answers in a thread of its own. `environment` names the variables of this machine that it may see. */
    | { kind: "handler"; path: string; environment?: string[] }
    /** A program of its own. */
    | { kind: "command"; command: string[]; directory: string; environment?: string[] }
    /** The service's own image in Docker, or another image instead. */
    | { kind: "container"; image?: string }
    | ForwardRunner;

/** The real host. What clients send is passed on to this origin. */
export interface ForwardRunner {
    kind: "forward";
    origin: string;
    /** The headers that are passed on, in lower case, in addition to those of HTTP itself. */
    headers: string[];
    /** The query parameters that are passed on. */
    query: string[];
}

/** The sections of a mapping, each with the key that an entry needs. */
export const sections = {
    services: "image",
    functions: "function",
    jobs: "image",
    workerPools: "image",
    hosts: "host",
} as const;
export type Section = keyof typeof sections;

/** What an entry of each section may say beside its name: one of the first list, and settings for it. */
const KEYS: Record<Section, { runners: Runner["kind"][]; settings: string[] }> = {
    services: { runners: ["handler", "command", "container"], settings: ["directory", "environment"] },
    functions: { runners: ["handler", "command"], settings: ["directory", "environment"] },
    jobs: { runners: ["command"], settings: ["directory", "environment"] },
    workerPools: { runners: ["command"], settings: ["directory", "environment"] },
    hosts: { runners: ["handler", "forward"], settings: ["iap", "environment", "headers", "query"] },
};

/** The keys that say what answers for an entry of a section, in words. */
export const runnersOf = (section: Section): string => KEYS[section].runners.join(" or ");

/** Tells the place of a node in the file: `sandbox.yaml:3:5`. */
export type Place = (node: Node | null | undefined) => string;

/**
 * Reads what answers for one entry.
 * @param directory the folder that paths are relative to
 * @throws Error with the place, naming what is wrong and what is allowed
 */
export function runnerOf(item: YAMLMap, section: Section, directory: string, place: Place): Runner {
    const { runners, settings } = KEYS[section];
    checkKeys(item, [sections[section], ...runners, ...settings], place);
    const [kind = runners[0] ?? "handler", ...more] = runners.filter((key) => item.has(key));
    if (more.length > 0) {
        throw new MappingError(
            `${place(item.get(kind, true))}: give one of ${runners.join(", ")}, not ${more.length + 1}`,
        );
    }
    const passedOn = ["headers", "query"].find((key) => kind !== "forward" && item.has(key));
    if (passedOn !== undefined) {
        throw new MappingError(
            `${place(item.get(passedOn, true))}: ${passedOn} says what forward passes on, and this entry has ${kind}`,
        );
    }
    const environment = item.has("environment") ? { environment: names(item, "environment", place) } : {};
    // Only a command has a folder; what another entry says of one must at least be a text.
    const folder = item.has("directory") ? text(item, "directory", place) : "";
    if (kind === "handler") {
        return { kind, path: existing(item, directory, place), ...environment };
    }
    if (kind === "forward") {
        return {
            kind,
            origin: origin(item, place),
            headers: optionalNames(item, "headers", place).map((name) => name.toLowerCase()),
            query: optionalNames(item, "query", place),
        };
    }
    if (kind === "container") {
        return { kind, ...(item.get(kind) !== true && { image: text(item, kind, place) }) };
    }
    return {
        kind,
        command: commandLine(item, place),
        directory: resolve(directory, folder),
        ...environment,
    };
}

function existing(item: YAMLMap, directory: string, place: Place): string {
    const path = resolve(directory, text(item, "handler", place));
    if (existsSync(path)) {
        return path;
    }
    throw new MappingError(`${place(item.get("handler", true))}: the handler ${path} does not exist`, {
        fix: "paths are relative to the file that has them",
    });
}

function commandLine(item: YAMLMap, place: Place): string[] {
    const list = texts(item, "command");
    if (list && list.length > 0) {
        return list;
    }
    throw new MappingError(
        `${place(item.get("command", true))}: command must be a list of the program and its arguments, such as [node, server.js]`,
    );
}

function names(item: YAMLMap, key: string, place: Place): string[] {
    const list = texts(item, key);
    if (list) {
        return list;
    }
    throw new MappingError(`${place(item.get(key, true))}: ${key} must be a list of names`);
}

function optionalNames(item: YAMLMap, key: string, place: Place): string[] {
    return item.has(key) ? names(item, key, place) : [];
}

/** @returns undefined if it is not a list of texts */
function texts(item: YAMLMap, key: string): string[] | undefined {
    const value = item.get(key, true) as Node | undefined;
    const list: unknown[] = isSeq(value) ? value.toJSON() : [undefined];
    return list.every((entry) => typeof entry === "string") ? list : undefined;
}

function origin(item: YAMLMap, place: Place): string {
    const value = text(item, "forward", place);
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "") {
        return url.origin;
    }
    throw new MappingError(`${place(item.get("forward", true))}: forward is ${value}`, {
        fix: "it must be an origin, such as https://api.example.com",
    });
}

/** @throws Error with the place, if it is not a text */
export function text(item: YAMLMap, key: string, place: Place): string {
    const value = item.get(key, true);
    if (!isScalar(value) || typeof value.value !== "string") {
        throw new MappingError(`${place(value ?? item)}: ${key} must be a text`);
    }
    return value.value;
}

/** @throws Error with the place of a key that is not allowed, if there is one */
export function checkKeys(map: YAMLMap, allowed: string[], place: Place): void {
    for (const { key } of map.items) {
        if (!isScalar(key) || !allowed.includes(String(key.value))) {
            throw new MappingError(`${place(key as Node)}: unknown key ${String(key)}`, {
                fix: `allowed are ${allowed.join(", ")}`,
            });
        }
    }
}
