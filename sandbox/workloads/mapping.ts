import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from "yaml";

/** What runs: a module that answers in this process, or a program of its own. */
export type Runner = { kind: "handler"; path: string } | { kind: "command"; command: string[]; directory: string };

/** One entry of `sandbox.yaml`. */
export interface Rule {
    /** The image, function or host that it is for; `*` stands for any text. */
    pattern: string;
    runner: Runner;
    /** Of a host: the backend service under whose name Identity-Aware Proxy guards it. */
    iap?: string;
    /** `sandbox.yaml:3`, for messages. */
    at: string;
}

/** What answers for services, functions and external hosts when a program runs in the sandbox. */
export interface Mapping {
    /** By container image. */
    services: Rule[];
    /** By the function's name, of either generation: `resize`, or `projects/P/locations/L/functions/resize`. */
    functions: Rule[];
    /** External APIs and custom domains, by host name. */
    hosts: Rule[];
    /** Who is in which group, by its email: `user:…`, `serviceAccount:…`, `group:…`. */
    groups: Record<string, string[]>;
}

export const emptyMapping: Mapping = { services: [], functions: [], hosts: [], groups: {} };

const sections = { services: "image", functions: "function", hosts: "host" } as const;

/**
 * Reads a `sandbox.yaml`:
 *
 * ```yaml
 * services:
 *   - image: "*\/orders:*"
 *     handler: ./services/orders/handler.js
 *   - image: "*\/legacy:*"
 *     command: [python3, server.py]
 *     directory: ./legacy
 * functions:
 *   - function: resize
 *     handler: ./functions/resize.js
 * hosts:
 *   - host: api.example.com
 *     handler: ./fakes/example.js
 *   - host: app.example.com
 *     iap: app-backend
 *     handler: ./services/app/handler.js
 * groups:
 *   team@example.com: ["user:ann@example.com", "group:ops@example.com"]
 * ```
 *
 * @throws Error naming file, line and column, what is wrong and what is allowed
 */
export function loadMapping(file: string): Mapping {
    const lines = new LineCounter();
    const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines });
    const place = (node: Node | null | undefined): string => {
        const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
        return `${file}:${line}:${col}`;
    };
    const [broken] = document.errors;
    if (broken) throw new Error(`${file}: ${broken.message}`);
    const root = document.contents;
    if (root === null) return emptyMapping;
    const keys = [...Object.keys(sections), "groups"];
    if (!isMap(root)) throw new Error(`${place(root)}: expected a map of ${keys.join(", ")}`);
    checkKeys(root, keys, place);

    const rules = (section: keyof typeof sections): Rule[] => {
        const list = root.get(section, true) as Node | undefined;
        if (list === undefined) return [];
        if (!isSeq(list)) throw new Error(`${place(list)}: ${section} must be a list`);
        return list.items.map((item) => {
            if (!isMap(item))
                throw new Error(`${place(item as Node)}: expected a map with ${sections[section]} and handler`);
            const own = section === "hosts" ? ["iap"] : [];
            checkKeys(item, [sections[section], "handler", "command", "directory", ...own], place);
            const pattern = text(item, sections[section], place);
            return {
                pattern,
                runner: runner(item, dirname(file), place),
                ...(item.has("iap") && { iap: text(item, "iap", place) }),
                at: place(item),
            };
        });
    };
    return {
        services: rules("services"),
        functions: rules("functions"),
        hosts: rules("hosts"),
        groups: groupsOf(root, place),
    };
}

function groupsOf(root: YAMLMap, place: Place): Record<string, string[]> {
    const groups = root.get("groups", true) as Node | undefined;
    if (groups === undefined) return {};
    const wrong = `${place(groups)}: groups must be a map of emails to lists of members, such as team@example.com: ["user:ann@example.com"]`;
    if (!isMap(groups)) throw new Error(wrong);
    const found = groups.toJSON() as Record<string, unknown>;
    const listed = (members: unknown): members is string[] =>
        Array.isArray(members) && members.every((member) => typeof member === "string");
    return Object.fromEntries(
        Object.entries(found).map(([group, members]) => {
            if (!listed(members)) throw new Error(wrong);
            return [group, members];
        }),
    );
}

type Place = (node: Node | null | undefined) => string;

function runner(item: YAMLMap, directory: string, place: Place): Runner {
    const command = item.get("command", true) as Node | undefined;
    if (command !== undefined && item.has("handler"))
        throw new Error(`${place(command)}: give a handler or a command, not both`);
    if (command === undefined) {
        const path = resolve(directory, text(item, "handler", place));
        if (!existsSync(path))
            throw new Error(
                `${place(item.get("handler", true))}: the handler ${path} does not exist; paths are relative to the file they stand in`,
            );
        return { kind: "handler", path };
    }
    const words = isSeq(command) ? command.toJSON() : [];
    if (words.length === 0 || !words.every((word) => typeof word === "string"))
        throw new Error(
            `${place(command)}: command must be a list of the program and its arguments, such as [node, server.js]`,
        );
    return {
        kind: "command",
        command: words,
        directory: item.has("directory") ? resolve(directory, text(item, "directory", place)) : directory,
    };
}

function text(item: YAMLMap, key: string, place: Place): string {
    const value = item.get(key, true);
    if (!isScalar(value) || typeof value.value !== "string")
        throw new Error(`${place(value ?? item)}: ${key} must be a text`);
    return value.value;
}

function checkKeys(map: YAMLMap, allowed: string[], place: Place): void {
    for (const { key } of map.items)
        if (!isScalar(key) || !allowed.includes(String(key.value)))
            throw new Error(`${place(key as Node)}: unknown key ${String(key)}; allowed are ${allowed.join(", ")}`);
}

/** Whether a pattern, in which `*` stands for any text, is for a name. */
export function matches(pattern: string, name: string): boolean {
    const source = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${source.join(".*")}$`, "s").test(name);
}
