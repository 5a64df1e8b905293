import { X509Certificate } from "node:crypto";
import { checkExpression } from "../../iam";
import type { Cloud } from "../../cloud";
import {
    alreadyExists,
    applyMask,
    checkId,
    invalidArgument,
    notFound,
    page,
    Resources,
    uid,
    type Call,
    type Json,
    type Route,
    type RouteRequest,
} from "../framework";

/** Written by hand, because version 1 of the API has no published proto, and that of v1beta lacks `jwksJson`. */
export type Pool = Json & { name: string; state: string; disabled?: boolean };
/** A provider of exactly one kind. */
export type Provider = Pool & {
    attributeMapping?: Record<string, string>;
    attributeCondition?: string;
    oidc?: { issuerUri?: string; allowedAudiences?: string[]; jwksJson?: string };
    aws?: { accountId?: string };
    saml?: { idpMetadataXml?: string };
    x509?: { trustStore?: { trustAnchors?: Certificate[]; intermediateCas?: Certificate[] } };
};

interface Certificate {
    pemCertificate?: string;
}

export const pools = new Resources<Pool>("iam.workloadIdentityPools");
export const providers = new Resources<Provider>("iam.workloadIdentityPoolProviders");

const id = /^(?!gcp-)[a-z0-9][a-z0-9-]{2,30}[a-z0-9]$/;
const rule = "4 to 32 lower-case letters, digits and hyphens, not beginning with gcp-";

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers#saml */
const MOST_METADATA = 128 * 1024;

const projectPath = "/v1/projects/{project}/locations/global";

/** Workload identity pools. https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools */
export const poolRoutes: Route[] = [
    ...routesOf({
        kind: "WorkloadIdentityPool",
        collection: "workloadIdentityPools",
        resources: pools,
        permissions: "iam.workloadIdentityPools",
        parent: projectPath,
        variable: "pool",
    }),
    ...routesOf({
        kind: "WorkloadIdentityPoolProvider",
        collection: "providers",
        resources: providers,
        permissions: "iam.workloadIdentityPoolProviders",
        parent: `${projectPath}/workloadIdentityPools/{pool}`,
        variable: "provider",
        check: checkProvider,
        parentExists: (cloud, name) => pools.get(cloud, name),
    }),
];

/** The name of the pool or provider in a path, with the project's ID even if the client used the number. */
function nameInPath({ params }: RouteRequest, { settings }: Cloud): string {
    const project = params.project === settings.projectNumber ? settings.project : (params.project ?? "");
    const parts = [
        `projects/${project}/locations/global`,
        ...(params.pool === undefined ? [] : [`workloadIdentityPools/${params.pool}`]),
        ...(params.provider === undefined ? [] : [`providers/${params.provider}`]),
    ];
    return parts.join("/");
}

/** Google answers with names that contain the project's number. */
function withProjectNumber<T extends Pool>(pool: T, { settings: { project, projectNumber } }: Cloud): T {
    return { ...pool, name: pool.name.replace(`projects/${project}/`, `projects/${projectNumber}/`) };
}

/** An operation that is done already, with the resource as its response. */
function doneOperation(resource: Pool, type: string, { cloud }: Call, operation = uid()): Json {
    const response = { "@type": `type.googleapis.com/google.iam.v1.${type}`, ...withProjectNumber(resource, cloud) };
    return { name: `${withProjectNumber(resource, cloud).name}/operations/${operation}`, done: true, response };
}

function checkProvider(provider: Json): void {
    const { oidc, aws, saml, x509, attributeMapping = {}, attributeCondition } = provider as Provider;
    if ([oidc, aws, saml, x509].filter((kind) => kind !== undefined).length !== 1) {
        throw invalidArgument(
            "a provider has exactly one of oidc, aws, saml and x509",
            "workload_identity_pool_provider",
        );
    }
    if (oidc && !oidc.issuerUri?.startsWith("https://")) {
        throw invalidArgument("oidc.issuer_uri must begin with https://", "oidc.issuer_uri");
    }
    if (oidc?.jwksJson !== undefined && !isKeySet(oidc.jwksJson)) {
        throw invalidArgument("oidc.jwks_json is no JSON with the keys of an issuer (RSA or EC)", "oidc.jwks_json");
    }
    if (aws && !/^\d{12}$/.test(aws.accountId ?? "")) {
        throw invalidArgument("aws.account_id must be the 12 digits of an account", "aws.account_id");
    }
    const { length } = saml?.idpMetadataXml ?? "";
    if (saml && (length === 0 || length > MOST_METADATA)) {
        throw invalidArgument("saml.idp_metadata_xml must have 1 to 128K characters", "saml.idp_metadata_xml");
    }
    if (x509) {
        checkTrustStore(x509.trustStore);
    }
    // AWS has a mapping of its own, and X.509 takes the common name: https://cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds#mappings-and-conditions
    if (
        attributeMapping["google.subject"] === undefined &&
        !((aws ?? x509) && Object.keys(attributeMapping).length === 0)
    ) {
        throw invalidArgument("attribute_mapping must map google.subject", "attribute_mapping");
    }
    for (const key of Object.keys(attributeMapping)) {
        if (!/^(google\.(subject|groups|display_name)|attribute\.[a-z0-9_]{1,100})$/.test(key)) {
            throw invalidArgument(`attribute_mapping: "${key}" is no attribute`, "attribute_mapping");
        }
    }
    for (const expression of [...Object.values(attributeMapping), attributeCondition || "true"]) {
        checkExpression(expression);
    }
}

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers#oidc */
function isKeySet(text: string): boolean {
    try {
        const { keys } = JSON.parse(text) as { keys?: unknown };
        return (
            Array.isArray(keys) && keys.every((key: { kty?: unknown } | null) => /^(RSA|EC)$/.test(String(key?.kty)))
        );
    } catch {
        return false;
    }
}

/** Google's words for it are not known [K]. */
function checkTrustStore({
    trustAnchors = [],
    intermediateCas = [],
}: NonNullable<Provider["x509"]>["trustStore"] = {}): void {
    if (trustAnchors.length === 0) {
        throw invalidArgument("x509.trust_store must have a trust anchor", "x509.trust_store.trust_anchors");
    }
    for (const { pemCertificate = "" } of [...trustAnchors, ...intermediateCas]) {
        try {
            new X509Certificate(pemCertificate);
        } catch {
            throw invalidArgument("a pem_certificate of x509.trust_store is no certificate in PEM", "x509.trust_store");
        }
    }
}

/** The five methods of one kind: pools, and the providers in them. */
function routesOf<T extends Pool>(options: {
    kind: string;
    collection: string;
    resources: Resources<T>;
    permissions: string;
    parent: string;
    variable: string;
    check?: (wanted: Json) => void;
    parentExists?: (cloud: Cloud, name: string) => void;
}): Route[] {
    const { kind, collection, resources, permissions, parent, variable, check, parentExists } = options;
    const one = `${parent}/${collection}/{${variable}}`;
    const idField = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}Id`;
    const parameters: Record<string, string[]> = {
        create: [idField],
        list: ["showDeleted", "pageSize", "pageToken"],
        update: ["updateMask"],
    };
    const route = (verb: Route["verb"], path: string, method: string, handle: Route["handle"]): Route => ({
        verb,
        path,
        permission: `${permissions}.${method}`,
        audited: `google.iam.v1.WorkloadIdentityPools.${method.charAt(0).toUpperCase()}${method.slice(1)}${kind}`,
        parameters: parameters[method] ?? [],
        resource: ({ params }, { settings }) =>
            `projects/${params.project === settings.projectNumber ? settings.project : (params.project ?? "")}`,
        handle,
    });
    const change = (request: RouteRequest, call: Call, changes: Json): Json => {
        const current = resources.get(call.cloud, nameInPath(request, call.cloud));
        return doneOperation(resources.put(call.cloud, current.name, { ...current, ...changes }), kind, call);
    };
    return [
        route("POST", `${parent}/${collection}`, "create", (request, call) => {
            const { cloud } = call;
            const given = request.query.get(idField) ?? "";
            checkId(given, id, idField, rule);
            parentExists?.(cloud, nameInPath(request, cloud));
            check?.(request.json);
            const name = `${nameInPath(request, cloud)}/${collection}/${given}`;
            if (resources.find(cloud, name)) {
                throw alreadyExists(name);
            }
            return doneOperation(
                resources.create(cloud, name, { ...request.json, name, state: "ACTIVE" } as T),
                kind,
                call,
            );
        }),
        route("GET", one, "get", (request, { cloud }) =>
            withProjectNumber(resources.get(cloud, nameInPath(request, cloud)), cloud),
        ),
        route("GET", `${one}/operations/{operation}`, "get", (request, call) =>
            doneOperation(
                resources.get(call.cloud, nameInPath(request, call.cloud)),
                kind,
                call,
                request.params.operation,
            ),
        ),
        route("GET", `${parent}/${collection}`, "list", (request, { cloud }) => {
            const all = resources
                .list(cloud, `${nameInPath(request, cloud)}/${collection}`)
                .filter(({ state }) => state === "ACTIVE" || request.query.get("showDeleted") === "true")
                .map((found) => withProjectNumber(found, cloud));
            const plural = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}s`;
            const pageToken = request.query.get("pageToken");
            const pageSize = Number(request.query.get("pageSize") ?? 0);
            return page(plural, all, { pageSize, ...(pageToken !== null && { pageToken }) });
        }),
        route("PATCH", one, "update", (request, call) => {
            const current = resources.get(call.cloud, nameInPath(request, call.cloud));
            const changed = applyMask(current, request.json, request.query.get("updateMask") ?? undefined);
            check?.(changed);
            return change(request, call, { ...changed, name: current.name, state: current.state });
        }),
        route("DELETE", one, "delete", (request, call) => {
            // A deleted pool stays for 30 days: it gives no access, and its name stays in use.
            const current = resources.get(call.cloud, nameInPath(request, call.cloud));
            if (current.state === "DELETED") {
                throw notFound(current.name);
            }
            return change(request, call, { state: "DELETED" });
        }),
        route("POST", `${one}:undelete`, "undelete", (request, call) => change(request, call, { state: "ACTIVE" })),
    ];
}
