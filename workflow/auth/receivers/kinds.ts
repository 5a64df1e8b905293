import type { TargetKind } from "../types";
import { AuditError } from "../errors";

/** The name of a kind of receiver, and what it checks. Checks, injector and messages all read it from this table. */
export interface ReceiverKind {
    /** For messages. */
    name: string;
    /** The credential that it checks; absent if Google does not decide that. */
    credential?: "OIDC" | "OAuth2";
    /** Whether only some receivers of this kind check it; the others are open to everyone. */
    optional?: true;
    /** What the audience of an ID token is, in words, if it does not follow from the URL. */
    namedBy?: string;
    /** Whether it can be configured to accept other audiences than the usual one. */
    otherAudiences?: true;
}

export const kinds: Readonly<Record<TargetKind | "private" | "unknown", ReceiverKind>> = {
    // https://docs.cloud.google.com/workflows/docs/calling-run-functions
    run: { name: "Cloud Run", credential: "OIDC" },
    function: { name: "a function", credential: "OIDC" },
    // https://docs.cloud.google.com/iap/docs/authentication-howto
    iap: { name: "a backend behind IAP", credential: "OIDC", namedBy: "IAP's client ID" },
    // "API Gateway accepts all JWTs with the backend service name in the form of https://SERVICE_NAME in the aud claim",
    // or what x-google-audiences names: https://docs.cloud.google.com/api-gateway/docs/authenticating-users-googleid.
    // That service is the API's, API-HASH.apigateway.PROJECT.cloud.goog, not the gateway's host:
    // https://docs.cloud.google.com/api-gateway/docs/authenticate-api-keys. The page shows no request, [K].
    "api-gateway": {
        name: "API Gateway",
        credential: "OIDC",
        namedBy: "what its OpenAPI document names in x-google-audiences, or https:// and its API's managed service",
        otherAudiences: true,
    },
    // The service's name is its host, unless x-google-audiences names more:
    // https://docs.cloud.google.com/endpoints/docs/openapi/authenticating-users-google-id
    endpoints: { name: "Cloud Endpoints", credential: "OIDC", otherAudiences: true },
    // An application is open unless IAP is before it: https://docs.cloud.google.com/iap/docs/authenticate-users-google-accounts.
    // What it checks by itself is its own matter [K].
    "app-engine": {
        name: "App Engine",
        credential: "OIDC",
        optional: true,
        namedBy: "IAP's client ID",
        otherAudiences: true,
    },
    // https://docs.cloud.google.com/workflows/docs/authenticate-from-workflow
    "google-api": { name: "a Google API", credential: "OAuth2" },
    external: { name: "an external host" },
    // Service Directory decides about the address, whatever the URL says:
    // https://docs.cloud.google.com/workflows/docs/invoke-private-endpoint-vpc
    private: { name: "a private service" },
    unknown: { name: "an unknown host" },
};

/** A Google Cloud that is separate from all others, with its own accounts, tokens and hosts. */
export interface Universe {
    /** What its APIs' hosts end with, without the dot. */
    domain: string;
    /** What the hosts of other kinds of receivers end with. */
    hosts: readonly (readonly [kind: Exclude<TargetKind, "iap" | "external">, suffix: string])[];
}

/** The universe that a workflow runs in unless `universeDomain` names another: the public Google Cloud. */
export const DEFAULT_UNIVERSE = "googleapis.com";

const documented: readonly Universe[] = [
    {
        domain: DEFAULT_UNIVERSE,
        hosts: [
            // SERVICE-HASH-RC.a.run.app and SERVICE-NUMBER.REGION.run.app:
            // https://docs.cloud.google.com/run/docs/triggering/https-request
            ["run", "run.app"],
            ["function", "cloudfunctions.net"],
            // GATEWAY-HASH.RC.gateway.dev: https://docs.cloud.google.com/api-gateway/docs/deploying-api
            ["api-gateway", "gateway.dev"],
            // API.endpoints.PROJECT.cloud.goog: https://docs.cloud.google.com/endpoints/docs/openapi/cloud-goog-dns-configure
            ["endpoints", "cloud.goog"],
            // PROJECT.RC.r.appspot.com: https://docs.cloud.google.com/appengine/docs/standard/communicating-between-services
            ["app-engine", "appspot.com"],
        ],
    },
    // https://documentation.s3ns.fr/run/docs/triggering/https-request
    { domain: "s3nsapis.fr", hosts: [["run", "s3nsrun.fr"]] },
    // Google Cloud Dedicated in Germany; where its Cloud Run services are no page says [K].
    { domain: "apis-berlin-build0.goog", hosts: [] },
    // The universe that Google's client libraries are tested in [K].
    { domain: "apis-tpczero.goog", hosts: [] },
];

/**
 * The universe of that domain, such as `s3nsapis.fr`: with its hosts if they are documented, else with its APIs only.
 *
 * @throws Error if it is no domain
 */
export function universeOf(domain: string = DEFAULT_UNIVERSE): Universe {
    const known = documented.find((each) => each.domain === domain);
    if (known === undefined && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)) {
        throw new AuditError(`the universe domain "${domain}" is no domain in lower case`, {
            fix: "write what its APIs' hosts end with, such as s3nsapis.fr",
        });
    }
    return known ?? { domain, hosts: [] };
}

/** The kind of receiver that a host of a universe is, or `undefined` if the universe does not have the host. */
export function kindWithin(
    host: string,
    { domain, hosts }: Universe,
): Exclude<TargetKind, "iap" | "external"> | undefined {
    const all = [["google-api", domain] as const, ...hosts];
    return all.find(([, suffix]) => host.endsWith(`.${suffix}`))?.[0];
}

/** The universe that a host belongs to, if it is another one than this. */
export function otherUniverse(host: string, universe: Universe): string | undefined {
    return documented.find((each) => each.domain !== universe.domain && kindWithin(host, each) !== undefined)?.domain;
}
