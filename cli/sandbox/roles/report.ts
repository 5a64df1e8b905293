import type { AccountUsage, GrantInState, Use } from "./usage";

/** The types of resources that a component can grant a role on, by the names of the resources. */
const TYPES: [name: RegExp, type: string][] = [
    [
        /^\/\/run\.googleapis\.com\/projects\/[^/]+\/locations\/(?<location>[^/]+)\/services\/(?<name>[^/]+)/,
        "run-service",
    ],
    [
        /^\/\/cloudfunctions\.googleapis\.com\/projects\/[^/]+\/locations\/(?<location>[^/]+)\/functions\/(?<name>[^/]+)/,
        "function",
    ],
    [
        /^\/\/iap\.googleapis\.com\/projects\/[^/]+\/iap_web\/cloud_run-(?<location>[^/]+)\/services\/(?<name>[^/]+)/,
        "iap-run-service",
    ],
    [/^\/\/iap\.googleapis\.com\/projects\/[^/]+\/iap_web\/compute\/services\/(?<name>[^/]+)/, "iap-backend-service"],
    [/^\/\/secretmanager\.googleapis\.com\/projects\/[^/]+\/secrets\/(?<name>[^/]+)/, "secret"],
    [/^\/\/pubsub\.googleapis\.com\/projects\/[^/]+\/topics\/(?<name>[^/]+)/, "topic"],
    [/^\/\/pubsub\.googleapis\.com\/projects\/[^/]+\/subscriptions\/(?<name>[^/]+)/, "subscription"],
    [
        /^\/\/cloudtasks\.googleapis\.com\/projects\/[^/]+\/locations\/(?<location>[^/]+)\/queues\/(?<name>[^/]+)/,
        "queue",
    ],
    [/^\/\/storage\.googleapis\.com\/projects\/[^/]+\/buckets\/(?<name>[^/]+)/, "bucket"],
    [
        /^\/\/artifactregistry\.googleapis\.com\/projects\/[^/]+\/locations\/(?<location>[^/]+)\/repositories\/(?<name>[^/]+)/,
        "repository",
    ],
    [/^\/\/iam\.googleapis\.com\/projects\/[^/]+\/serviceAccounts\/(?<name>[^/]+)/, "service-account"],
];

/** A grant as an argument of a component: `{ role: "roles/run.invoker", resource: { type: "run-service", … } }`. */
export function codeOf(role: string, resource: string): string {
    for (const [pattern, type] of TYPES) {
        const groups = pattern.exec(resource)?.groups;
        if (groups) {
            const place = [["type", type], ...Object.entries(groups)].map(
                ([key = "", value = ""]) => `${key}: ${JSON.stringify(value)}`,
            );
            return `{ role: ${JSON.stringify(role)}, resource: { ${place.join(", ")} } }`;
        }
    }
    return `{ role: ${JSON.stringify(role)} }`;
}

/** The report as text: for each account what it needs, as code, and what to remove. */
export function formatUsage(usages: readonly AccountUsage[]): string {
    return usages.map(formatAccount).join("\n\n");
}

function formatAccount({ account, used, unused, unknown }: AccountUsage): string {
    const lines = [
        ...used.map(formatUse),
        ...unused.map((grant) => `- never used, remove it: ${asCode(grant)}`),
        ...unknown.map((grant) => `? not known, as the sandbox does not know what the role opens: ${asCode(grant)}`),
    ];
    const said = lines.length > 0 ? lines : ["it has no grants, and nothing was asked in its name"];
    return [account, ...said.map((line) => `    ${line}`)].join("\n");
}

function formatUse({ resource, permissions, roles, times, denied }: Use): string {
    const what = `${permissions.join(", ")}, ${times === 1 ? "once" : `${times} times`}`;
    const code =
        roles.length > 0
            ? roles.map((role) => codeOf(role, resource)).join(", ")
            : `no role that the sandbox knows, on ${resource}`;
    return `${denied ? "✗ denied, and lacks" : "✓ needs"} ${code}   // ${what}`;
}

const asCode = ({ role, resource }: GrantInState): string => codeOf(role, resource);
