import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { isMap, isSeq, LineCounter, parseDocument, type Node, visit, type YAMLMap } from "yaml";
import { checkKeys, type Place, type Runner, runnerOf, runnersOf, type Section, sections, text } from "./runner";
import { type Cloud, isPrivateAddress, MappingError } from "../cloud";
import { listIn, type ResourceRules, resourceRulesOf } from "./resource-rules";
import { fileProblem, messageOf } from "../../errors";
import { groupProblem } from "../iam";

/** One entry of `sandbox.yaml`. */
export interface Rule {
    /** The image, function or host that it is for; `*` stands for any text. */
    pattern: string;
    runner: Runner;
    /** For a host: the name of the backend service with which Identity-Aware Proxy guards it. */
    iap?: string;
    /** `sandbox.yaml:3`, for messages. */
    at: string;
}

/** What answers for services, functions, jobs, worker pools and external hosts when a program runs in the sandbox. */
export interface Mapping {
    /** By container image. */
    services: Rule[];
    /** By the function's name, of either generation: `resize`, or `projects/P/locations/L/functions/resize`. */
    functions: Rule[];
    /** Jobs, by container image. */
    jobs: Rule[];
    /** Worker pools, by container image. */
    workerPools: Rule[];
    /** External APIs and custom domains, by host name. */
    hosts: Rule[];
    /** Domains of load balancers, for which the sandbox makes certificates: `acme.dev` is for all hosts below it. */
    domains: string[];
    /** What is done with resource types that the sandbox does not enforce. */
    resources: ResourceRules;
    /** The members of each group, by the group's email: `user:…`, `serviceAccount:…`, `group:…`. */
    groups: Record<string, string[]>;
    /** The projects that exist beside the sandbox's own. @default - any that the owner names */
    projects?: string[];
}

export const emptyMapping: Mapping = {
    services: [],
    functions: [],
    jobs: [],
    workerPools: [],
    hosts: [],
    domains: [],
    resources: {},
    groups: {},
};

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
 *   - image: "*\/reports:*"
 *     container: true
 * functions:
 *   - function: resize
 *     handler: ./functions/resize.js
 * jobs:
 *   - image: "*\/nightly:*"
 *     command: [node, nightly.js]
 * workerPools:
 *   - image: "*\/puller:*"
 *     command: [node, puller.js]
 * hosts:
 *   - host: api.example.com
 *     handler: ./fakes/example.js
 *   - host: app.example.com
 *     iap: app-backend
 *     handler: ./services/app/handler.js
 *   - host: api.example.org
 *     forward: https://api.example.org
 *     headers: [x-request-id]
 *     query: [page]
 * domains: [acme.dev]
 * regions: [europe-west99]
 * runtimes: [nodejs99]
 * resources:
 *   "docker:*": keep
 * groups:
 *   team@example.com: ["user:ann@example.com", "group:ops@example.com"]
 * projects: [shop-prod, shop-test]
 * ```
 *
 * @throws Error naming file, line and column, what is wrong and what is allowed
 */
export function loadMapping(file: string): Mapping {
    const lines = new LineCounter();
    const document = parseDocument(readMapping(file), { lineCounter: lines });
    const place: Place = (node) => {
        const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
        return `${file}:${line}:${col}`;
    };
    const [broken] = document.errors;
    if (broken) {
        throw new MappingError(`${file}: ${broken.message}`);
    }
    // What an alias stands for is read in its place, unless it stands for what it is in.
    visit(document, {
        Alias: (_key, alias, path) => {
            const meant = alias.resolve(document);
            return meant === undefined || path.includes(meant) ? undefined : meant;
        },
    });
    const root = document.contents;
    if (root === null) {
        return emptyMapping;
    }
    const keys = [...Object.keys(sections), "domains", "resources", "regions", "runtimes", "groups", "projects"];
    if (!isMap(root)) {
        throw new MappingError(`${place(root)}: expected a map of ${keys.join(", ")}`);
    }
    checkKeys(root, keys, place);

    const rules = (section: Section): Rule[] => {
        const list = root.get(section, true) as Node | undefined;
        if (list === undefined) {
            return [];
        }
        if (!isSeq(list)) {
            throw new MappingError(`${place(list)}: ${section} must be a list`);
        }
        return list.items.map((item) => {
            if (!isMap(item)) {
                throw new MappingError(
                    `${place(item as Node)}: expected a map with ${sections[section]} and ${runnersOf(section)}`,
                );
            }
            const runner = runnerOf(item, section, dirname(file), place);
            if (section === "hosts") {
                checkHost(item, place);
            }
            return {
                pattern: text(item, sections[section], place),
                runner,
                ...(item.has("iap") && { iap: text(item, "iap", place) }),
                at: place(item),
            };
        });
    };
    return {
        services: rules("services"),
        functions: rules("functions"),
        jobs: rules("jobs"),
        workerPools: rules("workerPools"),
        hosts: rules("hosts"),
        domains: root.has("domains") ? listIn(root, "domains", DOMAIN, "domains, such as [acme.dev]", place) : [],
        resources: resourceRulesOf(root, place),
        groups: groupsOf(root, place),
        ...(root.has("projects") && { projects: listIn(root, "projects", PROJECT, PROJECTS, place) }),
    };
}

/**
 * A mapping that also passes requests on to some real hosts, without headers and query parameters that could be credentials.
 */
export function withAllowedHosts(mapping: Mapping, hosts: readonly string[]): Mapping {
    const rules = hosts.map((host): Rule => ({
        pattern: host,
        runner: { kind: "forward", origin: `https://${host}`, headers: [], query: [] },
        at: `allowed host ${host}`,
    }));
    return { ...mapping, hosts: [...mapping.hosts, ...rules] };
}

function readMapping(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        throw new MappingError(`${file} cannot be read: ${fileProblem(error)?.wrong ?? messageOf(error)}`, {
            fix: "name the file that says what answers for services",
        });
    }
}

/** A name, or a pattern with one `*`. */
const HOST = /^(?=.{1,253}$)(?=.*[a-z])[a-z\d*]([a-z\d.-]*\*?[a-z\d.-]*[a-z\d])?$/i;
/** https://cloud.google.com/compute/docs/naming-resources */
const BACKEND = /^[a-z]([a-z\d-]{0,61}[a-z\d])?$/;

function checkHost(item: YAMLMap, place: Place): void {
    const host = text(item, "host", place);
    if (!HOST.test(host) && !isPrivateAddress(host)) {
        throw new MappingError(`${place(item.get("host", true))}: host is ${JSON.stringify(host)}`, {
            fix: "give a host name such as api.example.com, *.example.com for all below it, or the address of a machine in a network such as 10.0.0.2",
        });
    }
    const iap = item.has("iap") ? text(item, "iap", place) : undefined;
    if (iap !== undefined && !BACKEND.test(iap)) {
        throw new MappingError(`${place(item.get("iap", true))}: iap is ${JSON.stringify(iap)}`, {
            fix: "give the name of a backend service, such as app-backend",
        });
    }
}

function groupsOf(root: YAMLMap, place: Place): Record<string, string[]> {
    const groups = root.get("groups", true) as Node | undefined;
    if (groups === undefined) {
        return {};
    }
    const wrong = `${place(groups)}: groups must be a map of emails to lists of members, such as team@example.com: ["user:ann@example.com"]`;
    if (!isMap(groups)) {
        throw new MappingError(wrong);
    }
    const found = groups.toJSON() as Record<string, unknown>;
    const listed = (members: unknown): members is string[] =>
        Array.isArray(members) && members.every((member) => typeof member === "string");
    return Object.fromEntries(
        Object.entries(found).map(([group, members]) => {
            if (!listed(members)) {
                throw new MappingError(wrong);
            }
            const problem = groupProblem(group, members);
            if (problem !== undefined) {
                throw new MappingError(`${place(groups)}: ${problem}`);
            }
            return [group, members];
        }),
    );
}

const DOMAIN = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*$/;
const PROJECT = /^[a-z]([a-z\d-]*[a-z\d])?$/;
const PROJECTS = "project IDs, such as [shop-prod, shop-test]";

/** Adds the members that a mapping names to their groups. */
export function setGroups(cloud: Cloud, { groups }: Mapping): void {
    for (const [group, members] of Object.entries(groups)) {
        cloud.iam.groups.set(group, members);
    }
}
