import { api, call, oidc, type Row, run, targets, writeOidc } from "./row";

const url = `url: ${run}/x`;

export const authRows: Row[] = [
    ...(
        [
            ["invalid-auth/null", "auth: null"],
            ["invalid-auth/no-map", "auth: OIDC"],
            ["invalid-auth/unresolved", "auth: '${args.auth}'"],
            ["invalid-auth/no-type", "auth: {audience: x}"],
            ["invalid-auth/type", "auth: {type: Bearer}"],
            ["invalid-auth/type-unresolved", "auth: {type: '${args.type}'}"],
        ] as const
    ).flatMap(([cause, auth]): Row[] => [
        { cause, source: call(url, auth), fix: writeOidc, then: [[auth, oidc]] },
        {
            cause,
            source: call("url: https://b.example/x", auth),
            fix: "remove auth: this receiver takes no token of Google's",
            then: [[`        ${auth}\n`, ""]],
        },
    ]),
    // Where every receiver must be declared, what may be a token goes to none that is not.
    ...(
        [
            ["invalid-auth/unresolved", "auth: '${args.auth}'"],
            ["invalid-auth/type-unresolved", "auth: {type: '${args.type}'}"],
        ] as const
    ).map(([cause, auth]): Row => ({
        cause,
        source: call("url: ${args.url}", auth),
        options: { ...targets, closed: true },
        fix: "begin the URL with a literal host, or a declared target's variable, followed by /; if the caller may choose among hosts, assign each from a literal in a switch",
        then: [
            ["${args.url}", '${sys.get_env("ORDERS_URL") + "/x"}'],
            [auth, "auth: {type: OIDC, audience: '${sys.get_env(\"ORDERS_URL\")}'}"],
        ],
    })),
    {
        cause: "invalid-auth/scope",
        source: call(
            `url: ${api}/x`,
            "auth: {type: OAuth2, scope: https://www.googleapis.com/auth/devstorage.read_only, scopes: https://www.googleapis.com/auth/devstorage.read_only}",
        ),
        fix: "keep scopes",
        then: [["scope: https://www.googleapis.com/auth/devstorage.read_only, ", ""]],
    },
    {
        cause: "invalid-auth/audience",
        source: call(`url: ${api}/x`, "auth: {type: OAuth2, audience: x}"),
        fix: "remove audience",
        then: [[", audience: x", ""]],
    },
    {
        cause: "broad-scope/cloud-platform",
        source: call(`url: ${api}/x`, "auth: {type: OAuth2, scopes: https://www.googleapis.com/auth/cloud-platform}"),
        fix: "write scopes: https://www.googleapis.com/auth/devstorage.read_write, if that is enough",
        then: [["auth/cloud-platform", "auth/devstorage.read_write"]],
    },
];
