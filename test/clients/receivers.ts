import type { Sandbox } from "../../sandbox";

/** Who calls, with the header that is sent and the status that is documented for it. */
export interface Call {
    caller: string;
    authorization?: string;
    /** 200 where the caller is let in. */
    status: number;
}

/** An address that clients of every protocol are tried on. */
export interface Receiver {
    name: string;
    url: string;
    /** What the program behind it speaks: `web` has HTTP/1.1, WebSockets and events, `grpc` has gRPC alone. */
    speaks: "web" | "grpc";
    calls: Call[];
}

type Account = { email: string; uniqueId: string };
/** The status of each caller who is refused. */
export type Statuses = Record<
    "no token" | "no grant" | "wrong audience" | "access token" | "expired" | "forged",
    number
>;

const region = "europe-west1";
const parent = `projects/demo/locations/${region}`;
const RUN = `https://run.googleapis.com/v2/${parent}/services`;
const GLOBAL_RUN = "https://run.googleapis.com/v2/projects/demo/locations/global/services";
const COMPUTE = "https://compute.googleapis.com/compute/v1/projects/demo";
const GATEWAYS = "https://apigateway.googleapis.com/v1beta";

/** The host of the load balancer. A sandbox must be started with it in `declaredHosts`. */
export const BALANCER = "api.example.com";

/** https://docs.cloud.google.com/run/docs/authenticating/service-to-service */
export const OF_RUN: Statuses = {
    ...{ "no token": 403, "no grant": 403, "wrong audience": 401, "access token": 401, expired: 401, forged: 401 },
};
/** Without a token IAP sends to its login. https://docs.cloud.google.com/iap/docs/authentication-howto */
const OF_IAP: Statuses = { ...OF_RUN, "no token": 302 };
/** A gateway knows no grant of callers. https://docs.cloud.google.com/api-gateway/docs/authenticate-service-account */
const OF_GATEWAYS: Omit<Statuses, "no grant"> = {
    ...{ "no token": 401, "wrong audience": 403, "access token": 401, expired: 401, forged: 401 },
};
const NOWHERE: Statuses & { granted: number } = {
    ...{ granted: 404, "no token": 404, "no grant": 404, "wrong audience": 404 },
    ...{ "access token": 404, expired: 404, forged: 404 },
};

/** The code that a client of gRPC makes of a status: https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md */
export const GRPC_CODES: Record<number, number> = { 200: 0, 302: 2, 401: 16, 403: 7, 404: 12 };

const openapi = (backend: string, more: string): string => `swagger: "2.0"
info: { title: front, version: "1" }
x-google-backend: { address: "${backend}"${more} }
securityDefinitions:
    google:
        type: oauth2
        authorizationUrl: ""
        flow: implicit
        x-google-issuer: https://accounts.google.com
        x-google-jwks_uri: https://www.googleapis.com/oauth2/v3/certs
        x-google-audiences: https://front.example.com
security: [{ google: [] }]
paths:
    /:
        get: { operationId: root, responses: { "200": { description: ok } } }
        post: { operationId: send, responses: { "200": { description: ok } } }
    /events:
        get: { operationId: events, responses: { "200": { description: ok } } }
    /never:
        get: { operationId: never, responses: { "200": { description: ok } } }
`;

/**
 * Makes services with the images `web` and `grpc`, and each kind of address that leads to one.
 * @returns the addresses with all calls that are tried there
 */
export async function makeReceivers(sandbox: Sandbox): Promise<Receiver[]> {
    const { tokens } = sandbox.cloud;
    const call = async (method: string, url: string, body?: object): Promise<Record<string, unknown>> => {
        const answer = await sandbox.request(method, url, body === undefined ? {} : { body });
        if (answer.status >= 300) {
            throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    };
    const account = async (accountId: string): Promise<Account> => {
        const made = await call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId });
        return made as unknown as Account;
    };
    const granted = await account("granted");
    const stranger = await account("stranger");
    const grant = (resource: string, role: string, ...members: string[]) =>
        call("POST", `${resource}:setIamPolicy`, { policy: { bindings: [{ role, members }] } });
    const service = async (name: string, image: string, more: object = {}, base = RUN): Promise<string> => {
        const ports = image === "grpc" ? [{ name: "h2c", containerPort: 8080 }] : [{ containerPort: 8080 }];
        // Other tests have services too.
        const id = `at-${name}`;
        await call("POST", `${base}?serviceId=${id}`, { template: { containers: [{ image, ports }] }, ...more });
        await grant(`${RUN}/${id}`, "roles/run.invoker", `serviceAccount:${granted.email}`);
        return String((await call("GET", `${RUN}/${id}`))["uri"]);
    };

    const callsTo = (audience: string, statuses: Partial<Statuses> & { granted?: number }): Call[] => {
        const own = tokens.mintIdToken(granted, audience);
        const claims = JSON.parse(Buffer.from(own.split(".")[1] ?? "", "base64url").toString()) as object;
        const sent: Record<string, string | undefined> = {
            granted: own,
            "no token": undefined,
            "no grant": tokens.mintIdToken(stranger, audience),
            "wrong audience": tokens.mintIdToken(granted, `https://${BALANCER}.elsewhere.example.com`),
            "access token": tokens.mintAccessToken({ kind: "serviceAccount", ...granted }, ["openid"]),
            expired: tokens.sign({ ...claims, iat: 1, exp: 2 }),
            forged: `${own.slice(0, -8)}AAAAAAAA`,
        };
        return Object.entries({ granted: 200, ...statuses }).map(([caller, status]) => ({
            ...{ caller, status },
            ...(sent[caller] !== undefined && { authorization: `Bearer ${sent[caller]}` }),
        }));
    };
    const receivers: Receiver[] = [];
    const add = (name: string, speaks: "web" | "grpc", url: string, calls: Call[]): void =>
        void receivers.push({ name, url, speaks, calls });
    const tagged = (url: string): string => url.replace("https://", "https://next---");

    const latest = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";
    for (const speaks of ["web", "grpc"] as const) {
        const traffic = [
            { type: latest, percent: 100 },
            { type: latest, tag: "next" },
        ];
        const url = await service(speaks, speaks, { traffic });
        add(`a service, ${speaks}`, speaks, url, callsTo(url, OF_RUN));
        add(`the address of a tag, ${speaks}`, speaks, tagged(url), callsTo(url, OF_RUN));
        const regions = [region, "us-east1"];
        const here = await service(`${speaks}-regions`, speaks, { multiRegionSettings: { regions } }, GLOBAL_RUN);
        add(`a region of a multi-region service, ${speaks}`, speaks, here, callsTo(here, OF_RUN));
        // The other region has a policy of its own, in which nobody is.
        const there = String((await call("GET", `${RUN.replace(region, "us-east1")}/at-${speaks}-regions`))["uri"]);
        add(`another region, ${speaks}`, speaks, there, callsTo(there, { ...OF_RUN, granted: 403 }));
        const inside = await service(`${speaks}-inside`, speaks, { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" });
        add(`a private service, ${speaks}`, speaks, inside, callsTo(inside, NOWHERE));

        await service(`${speaks}-behind`, speaks, {
            ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
            customAudiences: [`https://${BALANCER}`],
        });
        const host = `${speaks}.${BALANCER}`;
        await balancer(call, speaks, host);
        add(`a load balancer, ${speaks}`, speaks, `https://${host}`, callsTo(`https://${BALANCER}`, OF_RUN));
        const own = String((await call("GET", `${RUN}/at-${speaks}-behind`))["uri"]);
        add(`a service behind a load balancer, ${speaks}`, speaks, own, callsTo(`https://${BALANCER}`, NOWHERE));

        const app = await service(`${speaks}-app`, speaks, { iapEnabled: true });
        const agent = `serviceAccount:service-${sandbox.cloud.settings.projectNumber}@gcp-sa-iap.iam.gserviceaccount.com`;
        await grant(`${RUN}/at-${speaks}-app`, "roles/run.invoker", agent);
        const place = `projects/${sandbox.cloud.settings.projectNumber}/iap_web/cloud_run-${region}/services/at-${speaks}-app`;
        const role = "roles/iap.httpsResourceAccessor";
        await grant(`https://iap.googleapis.com/v1/${place}`, role, `serviceAccount:${granted.email}`);
        const audience = `/projects/${sandbox.cloud.settings.projectNumber}/locations/${region}/services/at-${speaks}-app`;
        add(`an application behind IAP, ${speaks}`, speaks, app, callsTo(audience, OF_IAP));
    }
    const gateway = await account("gateway");
    const backend = await service("web-backend", "web");
    await grant(`${RUN}/at-web-backend`, "roles/run.invoker", `serviceAccount:${gateway.email}`);
    const shut = await service("web-shut", "web");
    for (const [id, to, statuses, name, more] of [
        ["front", backend, OF_GATEWAYS, "a gateway", ""],
        ["hasty", backend, OF_GATEWAYS, "a gateway with a deadline", ", deadline: 0.4"],
        ["shut", shut, { ...OF_GATEWAYS, granted: 403 }, "a gateway whose account lacks the grant", ""],
    ] as const) {
        const api = `projects/demo/locations/global/apis/${id}`;
        await call("POST", `${GATEWAYS}/projects/demo/locations/global/apis?apiId=${id}`, {});
        await call("POST", `${GATEWAYS}/${api}/configs?apiConfigId=one`, {
            openapiDocuments: [
                { document: { path: "front.yaml", contents: Buffer.from(openapi(to, more)).toString("base64") } },
            ],
            gatewayServiceAccount: gateway.email,
        });
        await call("POST", `${GATEWAYS}/${parent}/gateways?gatewayId=${id}`, { apiConfig: `${api}/configs/one` });
        const { defaultHostname } = await call("GET", `${GATEWAYS}/${parent}/gateways/${id}`);
        add(name, "web", `https://${String(defaultHostname)}`, callsTo("https://front.example.com", statuses));
    }
    return receivers;
}

/** A load balancer for HTTPS in front of the service `NAME-behind`. */
async function balancer(
    call: (method: string, url: string, body?: object) => Promise<unknown>,
    name: string,
    host: string,
): Promise<void> {
    const make = (path: string, body: object): Promise<unknown> =>
        call("POST", `${COMPUTE}/${path}`, { name, ...body });
    const group = `regions/${region}/networkEndpointGroups`;
    const loadBalancingScheme = "EXTERNAL_MANAGED";
    await make(group, { networkEndpointType: "SERVERLESS", cloudRun: { service: `at-${name}-behind` } });
    await make("global/backendServices", {
        loadBalancingScheme,
        backends: [{ group: `projects/demo/${group}/${name}` }],
    });
    const defaultService = `global/backendServices/${name}`;
    await make("global/urlMaps", {
        defaultService,
        hostRules: [{ hosts: [host], pathMatcher: "all" }],
        pathMatchers: [{ name: "all", defaultService }],
    });
    await make("global/sslCertificates", { managed: { domains: [host] } });
    await make("global/targetHttpsProxies", {
        urlMap: `global/urlMaps/${name}`,
        sslCertificates: [`global/sslCertificates/${name}`],
    });
    const target = `global/targetHttpsProxies/${name}`;
    await make("global/forwardingRules", { target, portRange: "443", loadBalancingScheme });
}
