import type { Values } from "./domain";
import { originsOf, part, unknown, worst } from "./domain";

const run = part({ kind: "service", of: "run" });
const gen1 = part({ kind: "service", of: "function" });

/** Fields of a Cloud Run service that are URLs of it; `[]` is each item of a list. */
const service = { v1: ["status.url", "status.address.url"], v2: ["uri", "urls.[]"] };

/** The places in results of connectors that hold the URLs of services: in one resource, or in a list of resources. */
const urlFields: [method: RegExp, list: string, paths: string[], value: Values][] = [
    [/^googleapis\.run\.v2\.projects\.locations\.services\.(get|create|patch|list)$/, "services", service.v2, run],
    [
        /^googleapis\.run\.v1\.(namespaces|projects\.locations)\.services\.(get|create\w*|replace\w*|list)$/,
        "items",
        service.v1,
        run,
    ],
    [
        /^googleapis\.cloudfunctions\.v1\.projects\.locations\.functions\.(get|create|patch|list)$/,
        "functions",
        ["httpsTrigger.url"],
        gen1,
    ],
    [
        /^googleapis\.cloudfunctions\.v2\w*\.projects\.locations\.functions\.(get|create|patch|list)$/,
        "functions",
        ["serviceConfig.uri"],
        run,
    ],
    [
        /^googleapis\.cloudfunctions\.v2\w*\.projects\.locations\.functions\.(get|create|patch|list)$/,
        "functions",
        ["url"],
        gen1,
    ],
];

/**
 * The result of a connector or of an HTTP call; `undefined` for other functions. A service is known to belong to the project
 * only if the source alone chooses its name.
 */
export function connectorResult(callee: string, args: Values): Values | undefined {
    if (isHttpCall(callee)) {
        const response = unknown("data", "a response");
        return [
            {
                kind: "map",
                fields: new Map([
                    ["body", unknown("data", "a response's body")],
                    ["code", part({ kind: "word" })],
                ]),
                rest: response,
            },
        ];
    }
    if (!callee.startsWith("googleapis.")) {
        return undefined;
    }
    const rest = unknown(worst(["data", ...args.flatMap(originsOf)]), `the result of ${callee}`);
    if (args.some((value) => originsOf(value).length > 0)) {
        return rest;
    }
    return urlFields
        .filter(([method]) => method.test(callee))
        .flatMap(([, list, paths, value]) =>
            paths.flatMap((path): [string, Values][] =>
                callee.endsWith(".list")
                    ? [[`${list}.[].${path}`, value]]
                    : // What is waited for is an operation, whose response is the resource.
                      [path, `response.${path}`].map((each): [string, Values] => [each, value]),
            ),
        )
        .reduce((result, [path, value]) => withField(result, path.split("."), value), rest);
}

function withField(object: Values, path: string[], value: Values): Values {
    const [name, ...more] = path;
    const [old] = object;
    if (name === undefined || old === undefined) {
        return value;
    }
    if (name === "[]") {
        return [{ kind: "list", each: withField(old.kind === "list" ? old.each : object, more, value) }];
    }
    const fields = new Map(old.kind === "map" ? old.fields : []);
    const rest = old.kind === "map" ? old.rest : object;
    return [{ kind: "map", fields: fields.set(name, withField(fields.get(name) ?? rest, more, value)), rest }];
}

/** The steps that send an HTTP request: https://docs.cloud.google.com/workflows/docs/http-requests. */
export function isHttpCall(callee: string): boolean {
    return /^http\.(delete|get|patch|post|put|request)$/.test(callee);
}

/** The API that a connector calls, as a host: `googleapis.bigquery.v2.jobs.insert` → `bigquery.googleapis.com`. */
export function connectorHost(callee: string): string | undefined {
    const api = /^googleapis\.([a-z0-9]+)\./.exec(callee)?.[1];
    return api === undefined ? undefined : `${api}.googleapis.com`;
}
