import { CLIENT_MODES, type ClientMode } from "../client";
import { ControlError, type Cloud, type Decision } from "../cloud";
import { memberToPrincipal } from "./member";
import type { Fault, Faults } from "./faults";

/** What the control API needs of a sandbox. */
export interface Controlled {
    readonly cloud: Cloud;
    readonly faults: Faults;
    /** The variables for a client of any language. */
    clientEnvironment(options: { as?: string; mode?: ClientMode }): Promise<Record<string, string | undefined>>;
    request(
        method: string,
        url: string,
        options: { body?: unknown; headers?: Record<string, string> },
    ): Promise<{ status: number; body: unknown }>;
    useMapping(file: string): Promise<void>;
    decisions(after?: number): Decision[];
    refused(): { host: string; count: number }[];
    logs(service?: string, after?: number): object[];
    /** The proxy. */
    readonly network: { readonly url: string };
}

type Body = Record<string, unknown>;
type Route = (sandbox: Controlled, body: Body) => unknown;

/**
 * The control API: JSON in, JSON out. What it refuses is a sentence.
 * `GET /v1/status`, `…/decisions`, `…/refused`, `…/logs`, `…/groups`, `…/faults`; `POST /v1/environment`, `…/request`, `…/mapping`,
 * `…/clock`, `…/propagation`, `…/explain`, `…/groups`, `…/rotate-keys`, `…/faults`; `DELETE /v1/faults`.
 */
export const routes: Record<string, Route> = {
    "GET /v1/status": ({ cloud, network }) => ({
        project: cloud.settings.project,
        owner: cloud.settings.owner,
        proxy: network.url,
        time: new Date(cloud.clock.now()).toISOString(),
        pid: process.pid,
    }),
    "GET /v1/decisions": (sandbox, { after }) => ({ decisions: sandbox.decisions(optional(after, "after", "number")) }),
    "GET /v1/refused": (sandbox) => ({ hosts: sandbox.refused() }),
    "GET /v1/logs": (sandbox, { service, after }) => ({
        lines: sandbox.logs(optional(service, "service", "string"), optional(after, "after", "number")),
    }),
    "POST /v1/environment": async (sandbox, { as, mode }) => ({
        variables: orNull(
            await sandbox.clientEnvironment({
                ...(as !== undefined && { as: required(as, "as", "string") }),
                ...(mode !== undefined && { mode: oneOf(mode, "mode", CLIENT_MODES) }),
            }),
        ),
    }),
    "POST /v1/request": (sandbox, { method, url, body, bytes, headers }) =>
        sandbox.request(required(method, "method", "string"), required(url, "url", "string"), {
            body: bytes === undefined ? body : Buffer.from(required(bytes, "bytes", "string"), "base64"),
            ...(headers !== undefined && { headers: headers as Record<string, string> }),
        }),
    "POST /v1/mapping": (sandbox, { file }) => sandbox.useMapping(required(file, "file", "string")),
    "POST /v1/clock": ({ cloud }, { advanceMilliseconds }) => {
        const by = required(advanceMilliseconds, "advanceMilliseconds", "number");
        if (!(by >= 0)) {
            throw new ControlError(`advanceMilliseconds is ${by}`, { fix: "the clock only moves forward" });
        }
        cloud.clock.advance(by);
        return { time: new Date(cloud.clock.now()).toISOString() };
    },
    "POST /v1/propagation": ({ cloud }, { milliseconds }) => {
        cloud.iam.propagationMilliseconds = required(milliseconds, "milliseconds", "number");
    },
    "POST /v1/explain": ({ cloud }, { member, permission, resource }) =>
        cloud.iam.evaluate({
            principal: memberToPrincipal(cloud, required(member, "member", "string")),
            permission: required(permission, "permission", "string"),
            resource: required(resource, "resource", "string"),
        }),
    "GET /v1/groups": ({ cloud }) => ({ groups: cloud.iam.groups.list() }),
    "POST /v1/groups": ({ cloud }, { group, members }) => {
        if (!Array.isArray(members)) {
            throw new ControlError("members is no list", { fix: "it is one of user:EMAIL, group:EMAIL and so on" });
        }
        cloud.iam.groups.set(required(group, "group", "string"), members.map(String));
    },
    "POST /v1/rotate-keys": ({ cloud }) => {
        cloud.tokens.rotate();
        return { keys: cloud.tokens.jwks().keys.map(({ kid }) => kid) };
    },
    "GET /v1/faults": ({ faults }) => ({ faults: faults.list() }),
    "POST /v1/faults": ({ faults }, body) => faults.add(toFault(body)),
    "DELETE /v1/faults": ({ faults }, { id }) => ({ cleared: faults.clear(optional(id, "id", "number")) }),
};

/** JSON has no undefined, and a variable that is to be taken away must not be lost on the way. */
function orNull(variables: Record<string, string | undefined>): Record<string, string | null> {
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? null]));
}

function toFault(body: Body): Fault {
    const status = optional(body.status, "status", "number");
    const latencyMilliseconds = optional(body.latencyMilliseconds, "latencyMilliseconds", "number");
    const drop = optional(body.drop, "drop", "boolean");
    const minting = optional(body.minting, "minting", "boolean");
    const rate = optional(body.rate, "rate", "number");
    const forMilliseconds = optional(body.forMilliseconds, "forMilliseconds", "number");
    return {
        host: required(body.host, "host", "string"),
        ...(status !== undefined && { status }),
        ...(latencyMilliseconds !== undefined && { latencyMilliseconds }),
        ...(drop !== undefined && { drop }),
        ...(minting !== undefined && { minting }),
        ...(rate !== undefined && { rate }),
        ...(forMilliseconds !== undefined && { forMilliseconds }),
    };
}

interface Types {
    string: string;
    number: number;
    boolean: boolean;
}

function optional<K extends keyof Types>(value: unknown, name: string, type: K): Types[K] | undefined {
    if (value === undefined) {
        return undefined;
    }
    return required(value, name, type);
}

function required<K extends keyof Types>(value: unknown, name: string, type: K): Types[K] {
    if (typeof value === type) {
        return value as Types[K];
    }
    throw new ControlError(`${name} is ${value === undefined ? "missing" : JSON.stringify(value)}`, {
        fix: `it must be a ${type}`,
    });
}

function oneOf<T extends string>(value: unknown, name: string, known: readonly T[]): T {
    const found = known.find((one) => one === value);
    if (found !== undefined) {
        return found;
    }
    throw new ControlError(`${name} is ${JSON.stringify(value)}`, { fix: `it must be one of ${known.join(", ")}` });
}
