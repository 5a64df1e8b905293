import type { AuditOptions } from "../../../../workflow/auth";
import type { Cause, HostCause } from "../../../../workflow/auth/advice";
import { ask, call, inNetwork, type Row, SERVICE, targets, toDepot, workflow } from "./row";

/** A rule about hosts that are unknown, and a receiver that is right once the host is known. */
interface Setting {
    rule: "unknown-host" | "token-leak" | "id-token-elsewhere" | "undeclared-target";
    root: string;
    variable: string;
    auth: string[];
    options: AuditOptions;
    /** What a region of a Google API leaves to tell. */
    region: Cause[];
}

const settings: Setting[] = [
    {
        rule: "unknown-host",
        root: "https://partner.example",
        variable: "PARTNER_URL",
        auth: [],
        options: targets,
        region: ["missing-auth/token"],
    },
    {
        rule: "token-leak",
        root: "https://storage.googleapis.com",
        variable: "STORAGE_URL",
        auth: ["auth: {type: OAuth2}"],
        options: targets,
        region: [],
    },
    {
        rule: "id-token-elsewhere",
        root: "https://orders-abcdefghij-ew.a.run.app",
        variable: "ORDERS_URL",
        auth: ["auth: {type: OIDC, audience: https://orders-abcdefghij-ew.a.run.app}"],
        options: targets,
        region: ["wrong-auth-type/id-token"],
    },
    {
        rule: "undeclared-target",
        root: "https://orders-abcdefghij-ew.a.run.app",
        variable: "ORDERS_URL",
        auth: ["auth: {type: OIDC, audience: https://orders-abcdefghij-ew.a.run.app}"],
        options: { ...targets, closed: true },
        region: ["wrong-auth-type/id-token"],
    },
];

const begin = "begin the URL with a literal host, or a declared target's variable, followed by /";

/** Each reason why a host is not known: a workflow, the advice, and what it comes to. */
const inputs: Record<HostCause, (setting: Setting) => Pick<Row, "source" | "fix" | "then" | "also" | "rest">> = {
    slash: ({ root, auth }) => ({
        source: workflow(ask(`url: \${"${root}" + args.path}`, ...auth)),
        fix: `write / right after ${root}: without it, what follows can make another host of it`,
        then: [[`${root}" +`, `${root}/" +`]],
    }),
    caller: ({ root, auth }) => ({
        source: workflow(ask("url: ${args.url}", ...auth)),
        fix: `${begin}; if the caller may choose among hosts, assign each from a literal in a switch`,
        then: [["args.url", `"${root}/" + args.path`]],
    }),
    region: ({ auth, region }) => ({
        source: workflow(ask('url: ${"https://" + args.region + "-aiplatform.googleapis.com/v1"}', ...auth)),
        fix: 'take the region from sys.get_env("GOOGLE_CLOUD_LOCATION"), or assign the whole host from a literal in a switch',
        then: [["args.region", 'sys.get_env("GOOGLE_CLOUD_LOCATION")']],
        rest: region,
    }),
    data: ({ root, auth }) => ({
        source: workflow(
            "- list: {call: http.get, args: {url: https://partner.example/}, result: r}",
            ask("url: ${r.body.next}", ...auth),
        ),
        fix: `${begin}, and take no more than the path from data`,
        then: [["url: ${r.body.next}", `url: \${"${root}/" + r.body.next}`]],
    }),
    cluster: ({ auth }) => ({
        source: workflow(
            "- get: {call: googleapis.container.v1.projects.locations.clusters.get, args: {name: n}, result: c}",
            ask('url: ${"https://" + c.endpoint + "/api/v1/pods"}', ...auth),
        ),
        fix: "call gke.request in place of http.*, which finds the cluster's endpoint and sends a token by itself",
        then: [
            [
                `call: http.post\n      args:\n        url: \${"https://" + c.endpoint + "/api/v1/pods"}${auth.map((each) => `\n        ${each}`).join("")}`,
                "call: gke.request\n      args: {cluster_id: c, location: l, method: GET, path: /api/v1/pods}",
            ],
        ],
    }),
    resource: ({ auth }) => ({
        source: workflow(
            "- get: {call: googleapis.compute.v1.instances.get, args: {instance: i, project: p, zone: z}, result: r}",
            ask('url: ${r.selfLink + "/stop"}', ...auth),
        ),
        fix: `call the method by its connector, googleapis.compute.*, which sends a token by itself; or ${begin}`,
        then: [
            [
                `call: http.post\n      args:\n        url: \${r.selfLink + "/stop"}${auth.map((each) => `\n        ${each}`).join("")}`,
                "call: googleapis.compute.v1.instances.stop\n      args: {instance: i, project: p, zone: z}",
            ],
        ],
    }),
    environment: ({ variable, auth }) => ({
        source: workflow(ask('url: ${sys.get_env("SOME_URL") + "/x"}', ...auth)),
        fix: "declare the receiver as a target, and begin the URL with its variable, followed by /; or give the variable's value to the audit (env)",
        then: [["SOME_URL", variable]],
    }),
    placeholder: ({ root, auth }) => ({
        source: workflow(ask("url: <YOUR_SERVICE_URL>", ...auth)),
        also: ["placeholder/text"],
        fix: "audit the source as it is deployed, or declare the receiver as a target",
        then: [["<YOUR_SERVICE_URL>", `${root}/x`]],
    }),
    unset: ({ root, auth }) => ({
        source: workflow(ask("url: ${u}", ...auth)),
        fix: "assign what the URL is made of before the call, or give the call a url",
        then: [["- ask:", `- set: {assign: [{u: ${root}/x}]}\n  - ask:`]],
    }),
    malformed: ({ root, auth }) => ({
        source: workflow(ask(`url: ${root.replace("https://", "")}/x`, ...auth)),
        fix: "write the URL as https://HOST/PATH, in plain characters",
        then: [["url: ", "url: https://"]],
    }),
    parameter: ({ root, auth }) => ({
        source: `${workflow("- done: {return: 1}")}${workflow(ask("url: ${u}", ...auth))
            .replace("main:", "sub:")
            .replace("[args]", "[u]")}`,
        fix: `call this subworkflow, so that its argument is known, or ${begin}`,
        then: [["- done:", `- go: {call: sub, args: {u: ${root}/x}}\n  - done:`]],
    }),
    private: ({ root, auth }) => ({
        source: workflow(ask(`url: ${root}/x`, "private_service_name: ${args.service}", ...auth)),
        fix: "write private_service_name as a text, or leave it out if the URL's host is meant",
        then: [["private_service_name: ${args.service}", "timeout: 3"]],
    }),
    other: ({ variable, auth }) => ({
        source: workflow(ask(`url: \${"https://" + sys.get_env("${variable}")}`, ...auth)),
        fix: begin,
        then: [['"https://" + ', ""]],
    }),
};

const privateRows: Row[] = [
    {
        cause: "private-service/missing",
        source: call(...toDepot),
        options: inNetwork,
        fix: `add private_service_name: ${SERVICE}`,
        then: "inject",
    },
    {
        cause: "private-service/other",
        source: call(...toDepot, `private_service_name: ${SERVICE}-2`),
        options: inNetwork,
        fix: `write private_service_name: ${SERVICE}`,
        then: [["depot-2", "depot"]],
    },
];

export const hostRows: Row[] = settings
    .flatMap((setting) =>
        (Object.keys(inputs) as HostCause[]).flatMap((cause): Row[] => {
            const row = inputs[cause](setting);
            const { rule, options } = setting;
            const deployers = cause === "environment" || cause === "placeholder";
            if (rule === "id-token-elsewhere") {
                return deployers ? [] : [{ ...row, options, cause: `${rule}/${cause}` }];
            }
            // The ID token itself is told of too.
            const beside: Cause[] = rule === "undeclared-target" && !deployers ? [`id-token-elsewhere/${cause}`] : [];
            return [{ ...row, options, cause: `${rule}/${cause}`, also: [...beside, ...(row.also ?? [])] }];
        }),
    )
    .concat(privateRows);
