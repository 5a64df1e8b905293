import type { AuditOptions } from "../../../../workflow/auth";
import { ask, call, type Row, run, targets, workflow } from "./row";

const url = `url: ${run}/x`;
const audience = (text: string): string => `auth: {type: OIDC, audience: ${text}}`;
const fix = `write audience: ${run}`;
const fn = "https://us-central1-p.cloudfunctions.net/fn";
const iapFix =
    "declare the audience of target i, which is IAP's client ID, and write auth: {type: OIDC, audience: AUDIENCE} with it";
const iap = (own?: string): AuditOptions => ({
    targets: [
        { name: "i", kind: "iap", url: "https://i.example", urlVariable: "I_URL", ...(own && { audience: own }) },
    ],
});

export const audienceRows: Row[] = [
    {
        cause: "audience-mismatch/chosen",
        source: call(url, audience("'${args.audience}'")),
        fix,
        then: [["'${args.audience}'", run]],
    },
    {
        cause: "audience-mismatch/chosen",
        source: workflow(
            ["- get:", "    call: http.get", "    args: {url: https://b.example/x}", "    result: answer"].join("\n"),
            ask("url: https://partner.example/x", audience("'${answer.body.audience}'")),
        ),
        options: targets,
        fix: 'write audience: ${sys.get_env("PARTNER_URL")}',
        then: [["'${answer.body.audience}'", "'${sys.get_env(\"PARTNER_URL\")}'"]],
    },
    {
        cause: "audience-path/target",
        source: call("url: https://console.example", "auth: {type: OIDC}"),
        options: targets,
        fix: "write audience: 1-a.apps.googleusercontent.com",
        then: "inject",
    },
    {
        cause: "audience-path/target",
        source: call("url: https://i.example", "auth: {type: OIDC}"),
        options: iap(),
        fix: iapFix,
        then: {
            options: iap("1.apps.googleusercontent.com"),
            edits: [["{type: OIDC}", "{type: OIDC, audience: 1.apps.googleusercontent.com}"]],
        },
    },
    {
        // The URL of an application is never what IAP takes.
        cause: "audience-mismatch/not-its-own",
        source: call("url: https://i.example/x", audience("https://i.example")),
        options: iap(),
        fix: iapFix,
        then: {
            options: iap("1.apps.googleusercontent.com"),
            edits: [["audience: https://i.example", "audience: 1.apps.googleusercontent.com"]],
        },
    },
    {
        cause: "audience-mismatch/not-its-own",
        source: call('url: ${sys.get_env("I_URL") + "/x"}', audience("'${sys.get_env(\"I_URL\")}'")),
        options: iap(),
        fix: iapFix,
        then: {
            options: iap("1.apps.googleusercontent.com"),
            edits: [["'${sys.get_env(\"I_URL\")}'", "1.apps.googleusercontent.com"]],
        },
    },
    { cause: "audience-path/default", source: call(url, "auth: {type: OIDC}"), fix, then: "inject" },
    {
        cause: "audience-path/default",
        source: call('url: ${sys.get_env("SERVICE_URL") + "/x"}', "auth: {type: OIDC}"),
        fix: 'write audience: ${sys.get_env("SERVICE_URL")}',
        then: [["{type: OIDC}", "{type: OIDC, audience: '${sys.get_env(\"SERVICE_URL\")}'}"]],
    },
    {
        cause: "audience-path/url",
        source: call(url, audience(`${run}/x`)),
        fix: `${fix}; if the service has the URL as a custom audience, say so above it: # gcp-invoke-ignore audience-path: reason`,
        then: [[`audience: ${run}/x`, `audience: ${run}`]],
    },
    {
        // The other half of that advice, which nothing overwrites.
        cause: "audience-path/url",
        source: call(url, audience(`${run}/x`)),
        fix: `${fix}; if the service has the URL as a custom audience, say so above it: # gcp-invoke-ignore audience-path: reason`,
        then: [["      auth:", "      # gcp-invoke-ignore audience-path: it is a custom audience\n        auth:"]],
    },
    { cause: "audience-path/path", source: call(url, audience(`${run}/y`)), fix, then: "inject" },
    {
        cause: "audience-path/function",
        source: call(`url: ${fn}/x`, audience("https://us-central1-p.cloudfunctions.net")),
        fix: `write audience: ${fn}`,
        then: "inject",
    },
    {
        cause: "audience-mismatch/empty",
        source: call(url, audience('""')),
        fix,
        then: [['audience: ""', `audience: ${run}`]],
    },
    {
        cause: "audience-mismatch/target",
        source: call('url: ${sys.get_env("ORDERS_URL")}', audience("'${sys.get_env(\"STORAGE_URL\")}'")),
        options: targets,
        fix: 'write audience: ${sys.get_env("ORDERS_URL")}',
        then: [["STORAGE_URL", "ORDERS_URL"]],
    },
    {
        cause: "audience-mismatch/not-its-own",
        source: call("url: https://console.example/x", audience("https://console.example")),
        options: targets,
        fix: "write audience: 1-a.apps.googleusercontent.com",
        then: [["audience: https://console.example", "audience: 1-a.apps.googleusercontent.com"]],
    },
    {
        cause: "audience-mismatch/host",
        source: call(url, audience("https://b-abcdefghij-uc.a.run.app")),
        fix,
        then: [["https://b-", "https://a-"]],
    },
    {
        cause: "audience-mismatch/function",
        source: call(`url: ${fn}`, audience(fn.replace(/fn$/, "other"))),
        fix: `write audience: ${fn}`,
        then: [["/other", "/fn"]],
    },
    ...["https://orders.example", "my-service", run.replace("https://", ""), run.replace("https:", "http:")].map(
        (text): Row => ({
            cause: "audience-mismatch/custom",
            source: call(url, audience(text)),
            fix: `${fix}; if it is a custom audience of the service, declare the service as a target with it`,
            then: { targets: [{ name: "a", kind: "run", url: run, audience: text }] },
        }),
    ),
];
