import { defined } from "../../common";
import { CLIENT_MODES, type ClientMode } from "../client";
import type { Cloud, Decision } from "../cloud";
import {
    duration,
    type Field,
    type Fields,
    json,
    listOf,
    oneOf,
    optional,
    readFields,
    recordOf,
    secret,
    text,
    type Values,
    whole,
} from "../fields";
import { explain } from "./explain";
import { FAULT, type Faults } from "./faults";
import { grant, revoke } from "./grants";

/** What the control API needs of a sandbox. */
export interface Controlled {
    readonly cloud: Cloud;
    readonly faults: Faults;
    /** The variables for a client of any language. */
    clientEnvironment(options: {
        as?: string;
        mode?: ClientMode;
        on?: string;
    }): Promise<Record<string, string | undefined>>;
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

/** A request of the control API: what it may hold, and what it does. */
export interface Route {
    readonly fields: Fields;
    /** @throws ControlError if the body holds anything else */
    answer(sandbox: Controlled, body: Readonly<Record<string, unknown>>): unknown;
}

function route<F extends Fields>(fields: F, answer: (sandbox: Controlled, values: Values<F>) => unknown): Route {
    return { fields, answer: (sandbox, body) => answer(sandbox, readFields(body, fields)) };
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
/** The number of a decision, a line or a fault. */
const NUMBER = whole(0, Number.MAX_SAFE_INTEGER);
const MEMBER = text("user:EMAIL, serviceAccount:EMAIL or allUsers");
const GRANT = {
    role: text("a role such as roles/run.invoker"),
    member: text("a member"),
    resource: text("a full resource name"),
};
const ADVANCE: Field<number> = {
    ...duration(-1, Number.MAX_SAFE_INTEGER),
    allowed: "a number of milliseconds from 0, as the clock only moves forward",
};
const URL_OF_API: Field<string> = {
    allowed: "a URL, such as https://run.googleapis.com/v2/projects/demo",
    accepts: (value): value is string =>
        typeof value === "string" && value.length < 100_000 && /^https?:/.test(value) && URL.canParse(value),
};
const BASE64: Field<string> = {
    allowed: "base64",
    accepts: (value): value is string => typeof value === "string" && /^[A-Za-z\d+/]*={0,2}$/.test(value),
};
/** https://datatracker.ietf.org/doc/html/rfc9110#section-5.5 */
const HEADERS = recordOf(
    /^[!#$%&'*+\-.^_`|~\w]+$/,
    text("a text without control characters", /^[\t\x20-\x7e\x80-\xff]*$/, 16_000),
);

/**
 * The control API: JSON in, JSON out. What it refuses is a sentence.
 * `GET /v1/status`, `…/decisions`, `…/refused`, `…/logs`, `…/grants`, `…/groups`, `…/faults`; `POST /v1/environment`, `…/request`,
 * `…/mapping`, `…/clock`, `…/propagation`, `…/explain`, `…/grants`, `…/groups`, `…/rotate-keys`, `…/faults`; `DELETE /v1/grants`,
 * `…/faults`.
 */
export const routes: Readonly<Record<string, Route>> = {
    "GET /v1/status": route({}, ({ cloud, network }) => ({
        project: cloud.settings.project,
        owner: cloud.settings.owner,
        proxy: network.url,
        time: new Date(cloud.clock.now()).toISOString(),
        propagationMilliseconds: cloud.iam.propagationMilliseconds,
        pid: process.pid,
    })),
    "GET /v1/decisions": route({ after: optional(NUMBER) }, (sandbox, { after }) => ({
        decisions: sandbox.decisions(after),
    })),
    "GET /v1/refused": route({}, (sandbox) => ({ hosts: sandbox.refused() })),
    "GET /v1/logs": route(
        { service: optional(text("the name of a service or function")), after: optional(NUMBER) },
        (sandbox, { service, after }) => ({ lines: sandbox.logs(service, after) }),
    ),
    "POST /v1/environment": route(
        {
            as: optional(MEMBER),
            mode: optional(oneOf(CLIENT_MODES)),
            on: optional(text("a place, such as compute-engine")),
        },
        async (sandbox, options) => ({ variables: orNull(await sandbox.clientEnvironment(defined(options))) }),
    ),
    "POST /v1/request": route(
        {
            method: oneOf(METHODS),
            url: secret(URL_OF_API),
            body: optional(json),
            bytes: optional(secret(BASE64)),
            headers: optional(secret(HEADERS)),
        },
        (sandbox, { method, url, body, bytes, headers }) =>
            sandbox.request(method, url, {
                body: bytes === undefined ? body : Buffer.from(bytes, "base64"),
                ...defined({ headers }),
            }),
    ),
    "POST /v1/mapping": route({ file: text("the path of a file") }, (sandbox, { file }) => sandbox.useMapping(file)),
    "POST /v1/clock": route({ advanceMilliseconds: ADVANCE }, ({ cloud }, { advanceMilliseconds }) => {
        cloud.clock.advance(advanceMilliseconds);
        return { time: new Date(cloud.clock.now()).toISOString() };
    }),
    "POST /v1/propagation": route({ milliseconds: duration() }, ({ cloud }, { milliseconds }) => {
        cloud.iam.propagationMilliseconds = milliseconds;
    }),
    "POST /v1/explain": route(
        { member: MEMBER, permission: text("a permission"), resource: text("a full resource name") },
        ({ cloud }, query) => explain(cloud, query),
    ),
    "GET /v1/grants": route({}, ({ cloud }) => ({ onTheWay: cloud.iam.onTheWay() })),
    "POST /v1/grants": route(GRANT, ({ cloud }, given) => {
        grant(cloud, given);
        return { onTheWay: cloud.iam.onTheWay() };
    }),
    "DELETE /v1/grants": route(GRANT, ({ cloud }, given) => {
        revoke(cloud, given);
        return { onTheWay: cloud.iam.onTheWay() };
    }),
    "GET /v1/groups": route({}, ({ cloud }) => ({ groups: cloud.iam.groups.list() })),
    "POST /v1/groups": route(
        { group: text("an email"), members: listOf(text("user:EMAIL, serviceAccount:EMAIL or group:EMAIL")) },
        ({ cloud }, { group, members }) => {
            cloud.iam.groups.set(group, members);
        },
    ),
    "POST /v1/rotate-keys": route({}, ({ cloud }) => {
        cloud.tokens.rotate();
        return { keys: cloud.tokens.jwks().keys.map(({ kid }) => kid) };
    }),
    "GET /v1/faults": route({}, ({ faults }) => ({ faults: faults.list() })),
    "POST /v1/faults": route(FAULT, ({ faults }, fault) => faults.add(defined(fault))),
    "DELETE /v1/faults": route({ id: optional(NUMBER) }, ({ faults }, { id }) => ({ cleared: faults.clear(id) })),
};

/** JSON has no undefined, and a variable that is to be taken away must not be lost on the way. */
function orNull(variables: Record<string, string | undefined>): Record<string, string | null> {
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? null]));
}
