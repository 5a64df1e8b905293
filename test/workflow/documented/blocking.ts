import { PAGES } from "./row";

/** One sentence about a call step: the step as YAML after `call:`, and what the run gives or which error it raises. */
export interface CallRow {
    says: string;
    call: string;
    /** What the step's result is; for an error, its tag. */
    gives: unknown;
    error?: string;
}

/** A function that blocks, with what its page says of it. */
export interface DocumentedCall {
    name: string;
    page: string;
    rows: readonly CallRow[];
}

const url = "url: 'https://x.example/'";
const service = "projects/p/locations/us-east1/namespaces/n/services/s";

const raises = (says: string, call: string, error: string): CallRow => ({ says, call, gives: undefined, error });

function http(name: string, method: string, first = ""): DocumentedCall {
    const ask = (args: string): string => `http.${name}, args: {${first}${args}}`;
    const sent = (says: string, args: string, gives: unknown): CallRow => ({ says, call: ask(args), gives });
    const answered = { method, timeout: 300, query: "" };
    return {
        name: `http.${name}`,
        page: `${PAGES}stdlib/http/${name}`,
        rows: [
            sent("sends the request, with a timeout of 300 seconds", url, answered),
            sent("takes a timeout", `${url}, timeout: 20`, { ...answered, timeout: 20 }),
            sent("takes headers", `${url}, headers: {Accept: text/plain}`, { ...answered, accept: "text/plain" }),
            ...["5", "true", "null", "[x]"].map((header) =>
                raises(
                    `takes headers of strings alone, and not ${header}`,
                    ask(`${url}, headers: {X-H: ${header}}`),
                    "TypeError",
                ),
            ),
            ...["{a: {b: 1}}", "{a: null}", "{a: [[1]]}", "x"].map((query) =>
                raises(`refuses another query: ${query}`, ask(`${url}, query: ${query}`), "TypeError"),
            ),
            sent(
                "encodes the query, whose values are strings, numbers, booleans and lists of these",
                `${url}, query: {a: "1 2", b: 1, c: 1.5, d: true, e: [1, "x"]}`,
                { ...answered, query: "?a=1%202&b=1&c=1.5&d=true&e=1&e=x" },
            ),
            sent("takes a name of Service Directory", `${url}, private_service_name: ${service}`, {
                ...answered,
                privateService: service,
            }),
            sent("takes a certificate as bytes", `${url}, ca_certificate: '\${text.encode("x")}'`, {
                ...answered,
                certificate: "-----BEGIN CERTIFICATE-----\neA==\n-----END CERTIFICATE-----\n",
            }),
            raises("refuses a timeout of more than 1800 seconds", ask(`${url}, timeout: 1801`), "ValueError"),
            raises("refuses what is no URL", ask("url: x"), "ValueError"),
            raises(
                "refuses an auth that the URL must not get",
                ask("url: 'http://x.example/', auth: {type: OIDC}"),
                "ValueError",
            ),
            raises(
                "refuses another name than of Service Directory",
                ask(`${url}, private_service_name: s`),
                "ValueError",
            ),
            raises(
                "refuses a port beside the name of Service Directory",
                ask(`url: 'https://x.example:8443/', private_service_name: ${service}`),
                "ValueError",
            ),
            raises("refuses a certificate that is no bytes", ask(`${url}, ca_certificate: x`), "ValueError"),
            raises("raises HttpError from 400 on", ask("url: 'https://x.example/400'"), "HttpError"),
            raises(
                "raises ConnectionError where the network fails",
                ask("url: 'https://x.example/ConnectionError'"),
                "ConnectionError",
            ),
            raises(
                "raises ConnectionFailedError where there is no connection",
                ask("url: 'https://x.example/ConnectionFailedError'"),
                "ConnectionFailedError",
            ),
            raises(
                "raises TimeoutError where the answer comes too late",
                ask("url: 'https://x.example/TimeoutError'"),
                "TimeoutError",
            ),
        ],
    };
}

const logged = (says: string, args: string, gives: unknown): CallRow => ({
    says,
    call: `sys.log, args: ${args}`,
    gives,
});

export const CALLS: readonly DocumentedCall[] = [
    ...["get", "post", "put", "patch", "delete"].map((name) => http(name, name.toUpperCase())),
    http("request", "OPTIONS", "method: OPTIONS, "),
    {
        name: "sys.log",
        page: `${PAGES}stdlib/sys/log`,
        rows: [
            logged("logs a map as JSON", "{data: {a: 1}}", { severity: "DEFAULT", payload: { json: { a: 1 } } }),
            logged("logs another value as text", "{data: [1]}", { severity: "DEFAULT", payload: { text: "[1]" } }),
            logged("logs text always as text", "{text: {a: 1}}", { severity: "DEFAULT", payload: { text: '{"a":1}' } }),
            logged("logs json as JSON", "{json: {a: 1}}", { severity: "DEFAULT", payload: { json: { a: 1 } } }),
            logged("takes a severity, also by position", "[x, ERROR]", { severity: "ERROR", payload: { text: "x" } }),
            raises("refuses a json that is no map", "sys.log, args: {json: [1]}", "TypeError"),
            raises("refuses bytes", "sys.log, args: {data: '${text.encode(\"a\")}'}", "TypeError"),
            raises("refuses two of data, text and json", "sys.log, args: {data: a, text: b}", "TypeError"),
            raises("refuses none of data, text and json", "sys.log, args: {severity: INFO}", "TypeError"),
        ],
    },
    {
        name: "sys.sleep",
        page: `${PAGES}stdlib/sys/sleep`,
        rows: [
            { says: "waits for seconds", call: "sys.sleep, args: {seconds: 10}", gives: { waited: [10_000] } },
            { says: "waits for a part of a second", call: "sys.sleep, args: {seconds: 0.5}", gives: { waited: [500] } },
            {
                says: "waits for a year",
                call: "sys.sleep, args: {seconds: 31536000}",
                gives: { waited: [31_536_000_000] },
            },
            raises("waits for a year at most", "sys.sleep, args: {seconds: 31536001}", "ValueError"),
            raises("takes nothing but a number", "sys.sleep, args: {seconds: x}", "TypeError"),
        ],
    },
    {
        name: "sys.sleep_until",
        page: `${PAGES}stdlib/sys/sleep_until`,
        rows: [
            {
                says: "waits until a time",
                call: "sys.sleep_until, args: {time: '2026-01-31T12:00:10Z'}",
                gives: { waited: [10_000] },
            },
            raises("refuses what is no time of ISO 8601", "sys.sleep_until, args: {time: tomorrow}", "ValueError"),
            raises("takes nothing but a string", "sys.sleep_until, args: {time: 5}", "TypeError"),
            raises("waits for a year at most", "sys.sleep_until, args: {time: '2027-02-01T12:00:00Z'}", "ValueError"),
        ],
    },
    {
        name: "events.create_callback_endpoint",
        page: `${PAGES}stdlib/events/create_callback_endpoint`,
        rows: [
            {
                says: "makes an endpoint for POST by default",
                call: "events.create_callback_endpoint",
                gives: { url: "https://callbacks.example/POST" },
            },
            ...["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"].map((method) => ({
                says: `makes an endpoint for ${method}`,
                call: `events.create_callback_endpoint, args: {http_callback_method: ${method}}`,
                gives: { url: `https://callbacks.example/${method}` },
            })),
            raises(
                "takes nothing but a string",
                "events.create_callback_endpoint, args: {http_callback_method: 5}",
                "TypeError",
            ),
            raises(
                "refuses what is no method",
                "events.create_callback_endpoint, args: {http_callback_method: FETCH}",
                "ValueError",
            ),
        ],
    },
    {
        name: "events.await_callback",
        page: `${PAGES}stdlib/events/await_callback`,
        rows: [
            raises("refuses what is no endpoint", "events.await_callback, args: {callback: {url: x}}", "ValueError"),
            raises("takes nothing but a map", "events.await_callback, args: {callback: x}", "TypeError"),
            raises(
                "takes nothing but a number as timeout",
                "events.await_callback, args: {callback: {url: x}, timeout: soon}",
                "TypeError",
            ),
        ],
    },
];
