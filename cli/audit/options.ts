import { defined } from "../../common";
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { parse } from "yaml";
import {
    type AuditOptions,
    auditRules,
    type DeclaredTarget,
    isRule,
    parseAddress,
    type TargetKind,
    universeOf,
    variablePrefix,
} from "../../workflow";
import { fileError, UserError } from "../errors";
import { messageOf } from "../../errors";

/** The options that `audit` and `inject` share, as commander returns them. */
export interface TargetFlags {
    target?: string[];
    targets?: string;
    env?: string[];
    closed?: boolean;
    universeDomain?: string;
}

/** The form of a file of declared receivers. */
export const targetsHelp = `A file for --targets:
  orders: https://orders-abc123-ew.a.run.app
  stock: {kind: run, urlVariable: STOCK_URL}
  depot: {kind: run, url: https://depot.example.com, privateService: projects/P/locations/L/namespaces/N/services/S}
  console: {kind: iap, url: https://console.example.com, audience: 123-abc.apps.googleusercontent.com}
The kinds are run, function, iap, api-gateway, endpoints, app-engine, google-api and external. urlVariable is the
environment variable of the workflow that holds a URL which is not known. A URL that is known is also the value of
NAME_URL, as AuthenticatedWorkflow sets it (orders: ORDERS_URL), unless --env gives another value.`;

const collect = (value: string, before: string[] = []): string[] => [...before, value];

export function addTargetFlags(command: Command): Command {
    return command
        .option("-t, --target <name=url>", "declare a receiver as a target; may be repeated", collect)
        .option("--targets <file>", "declare receivers in a YAML or JSON file: NAME: URL, or NAME: {kind, url, …}")
        .option(
            "-e, --env <name=value>",
            "the value of an environment variable of the workflow; may be repeated",
            collect,
        )
        .option("--closed", "require that every call that needs a credential goes to a declared receiver")
        .option(
            "--universe-domain <domain>",
            "the domain of the Google APIs of the workflow, such as s3nsapis.fr (default: googleapis.com)",
        );
}

/** @throws UserError if an option has a mistake */
export function auditOptions(flags: TargetFlags): AuditOptions {
    const pairs = (flags.target ?? []).map((pair) => split(pair, "--target", "orders=https://orders-….run.app"));
    const env = (flags.env ?? []).map((pair) => split(pair, "--env", "ORDERS_URL=https://orders-….run.app"));
    const { universeDomain } = flags;
    try {
        universeOf(universeDomain);
    } catch (error) {
        throw new UserError(`--universe-domain: ${messageOf(error)}`, { exitCode: 2 });
    }
    const declared = pairs.map(([name, url]) => target(name, { url }, universeDomain));
    const targets = [...(flags.targets === undefined ? [] : readTargets(flags.targets, universeDomain)), ...declared];
    return {
        targets,
        ...defined({ universeDomain }),
        env: { ...variablesOf(targets), ...Object.fromEntries(env) },
        closed: flags.closed ?? false,
    };
}

/** The variables in which `AuthenticatedWorkflow` hands the URLs of targets to a workflow, by their names. */
function variablesOf(targets: readonly DeclaredTarget[]): Record<string, string> {
    return Object.fromEntries(
        targets.flatMap(({ name, kind, url, urlVariable }): [string, string][] =>
            url === undefined || urlVariable !== undefined || kind === "google-api"
                ? []
                : [[`${variablePrefix(name)}_URL`, url]],
        ),
    );
}

function split(pair: string, option: string, example: string): [string, string] {
    const at = pair.indexOf("=");
    if (at < 1) {
        throw new UserError(`${option} ${pair}: expected a name, = and a value, such as ${example}`, { exitCode: 2 });
    }
    return [pair.slice(0, at), pair.slice(at + 1)];
}

function readTargets(path: string, universeDomain: string | undefined): DeclaredTarget[] {
    let content: unknown;
    try {
        content = parse(readFileSync(path, "utf8"));
    } catch (error) {
        throw fileError(`--targets ${path}`, error, "write it as a map in YAML or JSON", 2);
    }
    if (typeof content !== "object" || content === null || Array.isArray(content)) {
        throw new UserError(`--targets ${path}: expected a map from names to URLs, or to maps with kind and url`, {
            exitCode: 2,
        });
    }
    return Object.entries(content).map(([name, value]: [string, unknown]) =>
        typeof value === "string"
            ? target(name, { url: value }, universeDomain)
            : target(name, typeof value === "object" && value !== null ? value : {}, universeDomain),
    );
}

const kinds: readonly TargetKind[] = [
    "run",
    "function",
    "iap",
    "api-gateway",
    "endpoints",
    "app-engine",
    "google-api",
    "external",
];
const fields = ["kind", "url", "audience", "scopes", "urlVariable", "audienceVariable", "privateService", "secret"];

function target(name: string, given: object, universeDomain: string | undefined): DeclaredTarget {
    const extra = Object.keys(given).find((key) => !fields.includes(key));
    const { kind, ...rest } = given as Partial<DeclaredTarget>;
    if (extra !== undefined) {
        throw new UserError(`target ${name} has the field "${extra}"`, {
            fix: `the fields are ${fields.join(", ")}`,
            exitCode: 2,
        });
    }
    if (rest.url === undefined && rest.urlVariable === undefined) {
        throw new UserError(`target ${name} has no url`, {
            fix: "write its URL, or urlVariable for one that is not known",
            exitCode: 2,
        });
    }
    const address = rest.url === undefined ? undefined : parseAddress(rest.url, universeDomain);
    if (rest.url !== undefined && address === undefined) {
        throw new UserError(`target ${name} has the URL "${rest.url}"`, {
            fix: "write an absolute one, such as https://orders-….run.app",
            exitCode: 2,
        });
    }
    const found = kind ?? (address?.kind === "external" || address === undefined ? "run" : address.kind);
    if (!kinds.includes(found)) {
        throw new UserError(`target ${name} has the kind "${found}"`, {
            fix: `the kinds are ${kinds.join(", ")}`,
            exitCode: 2,
        });
    }
    const { privateService } = rest;
    const service = typeof privateService === "string" ? { name: privateService } : privateService;
    if (service !== undefined && !isPrivateService(service)) {
        throw new UserError(`target ${name} has the private service ${JSON.stringify(service)}`, {
            fix: "write its full name, projects/P/locations/L/namespaces/N/services/S, or {variable: …} for the variable that holds it",
            exitCode: 2,
        });
    }
    return { name, ...rest, ...defined({ privateService: service }), kind: found };
}

/** A file can hold anything. */
function isPrivateService(given: unknown): boolean {
    const { name, variable, ...others } = Object(given) as { name?: unknown; variable?: unknown };
    const isName =
        typeof name === "string" &&
        /^projects\/[^/]+\/locations\/[^/]+\/namespaces\/[^/]+\/services\/[^/]+$/.test(name);
    return (
        Object.keys(others).length === 0 &&
        (name === undefined ? typeof variable === "string" && variable !== "" : isName)
    );
}

/** `id=off|error|warning|info`, of rules that exist. */
export function ruleOverrides(given: readonly string[]): NonNullable<AuditOptions["rules"]> {
    return Object.fromEntries(
        given.map((pair) => {
            const [id, severity] = split(pair, "--rule", "broad-scope=off");
            if (!isRule(id)) {
                throw new UserError(`--rule ${pair}: no rule "${id}"`, {
                    fix: `the rules are ${Object.keys(auditRules).join(", ")}`,
                    exitCode: 2,
                });
            }
            if (severity !== "off" && severity !== "error" && severity !== "warning" && severity !== "info") {
                throw new UserError(`--rule ${pair}: expected off, error, warning or info`, { exitCode: 2 });
            }
            return [id, severity];
        }),
    );
}

export { collect };
