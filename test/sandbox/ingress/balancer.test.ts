import { strict as assert } from "node:assert";
import type { Principal } from "../../../sandbox/cloud";
import { message } from "../../../sandbox/apis";
import { UNSERVED } from "../../../sandbox/apis/framework/requests/unserved";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { openDoors, type Doors } from "./door";

const RUN = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const COMPUTE = "https://compute.googleapis.com/compute/v1/projects/demo";
const HOST = "http://api.example.com";

type Fields = Record<string, unknown>;
const matcher = (more: object) => ({ pathMatchers: [{ name: "all", ...more }] });
const match = (more: object) => matcher({ routeRules: [{ priority: 1, matchRules: [more] }] });

/** Where a message is in a URL map. */
const PLACES: Record<string, (fields: Fields) => object> = {
    "google.cloud.compute.v1.HttpHeaderMatch": (fields) => match({ headerMatches: [fields] }),
    "google.cloud.compute.v1.HttpQueryParameterMatch": (fields) => match({ queryParameterMatches: [fields] }),
    "google.cloud.compute.v1.HttpRouteAction": (defaultRouteAction) => ({ defaultRouteAction }),
    "google.cloud.compute.v1.HttpRouteRule": (fields) => matcher({ routeRules: [fields] }),
    "google.cloud.compute.v1.HttpRouteRuleMatch": match,
    "google.cloud.compute.v1.PathMatcher": matcher,
    "google.cloud.compute.v1.PathRule": (fields) => matcher({ pathRules: [fields] }),
    "google.cloud.compute.v1.UrlMap": (fields) => fields,
    "google.cloud.compute.v1.UrlRewrite": (urlRewrite) => ({ defaultRouteAction: { urlRewrite } }),
};

/** A value of a field that is set. */
function valueOf(type: string, name: string): unknown {
    const field = message(type).fields.find((one) => one.name === name);
    const one = field?.message ? {} : "x";
    return field?.fieldKind === "list" ? [one] : one;
}

describe("a load balancer in front of services", () => {
    let cloud: TestCloud;
    let doors: Doors;
    let robot: Principal & { kind: "serviceAccount" };
    let audience: string;

    const make = (path: string, body: object, as: Principal = owner) =>
        cloud.call(as, "POST", `${COMPUTE}/${path}`, body);
    const refusal = async (path: string, body: object): Promise<string> => {
        const answer = await cloud.apis.request("POST", `${COMPUTE}/${path}`, { principal: owner, body });
        assert.ok(answer && answer.status >= 400, JSON.stringify(answer?.body));
        return `${answer.status} ${JSON.stringify(answer.body)}`;
    };
    const service = (id: string, more: object = {}) =>
        cloud.call(owner, "POST", `${RUN}?serviceId=${id}`, {
            template: { containers: [{ image: `example/${id}:1` }] },
            ...more,
        });
    const invoker = (id: string, ...members: string[]) =>
        cloud.iam.setPolicy(`//run.googleapis.com/projects/demo/locations/europe-west1/services/${id}`, {
            bindings: [{ role: "roles/run.invoker", members }],
        });
    const group = (name: string, cloudRun: object) =>
        make("regions/europe-west1/networkEndpointGroups", { name, networkEndpointType: "SERVERLESS", cloudRun });
    const backend = (name: string, groupName: string, more: object = {}) =>
        make("global/backendServices", {
            name,
            loadBalancingScheme: "EXTERNAL_MANAGED",
            backends: [{ group: `projects/demo/regions/europe-west1/networkEndpointGroups/${groupName}` }],
            ...more,
        });
    const frontEnd = async (map: object, port = "80") => {
        await make("global/urlMaps", { name: "web", ...map });
        await make("global/targetHttpProxies", { name: "web", urlMap: "global/urlMaps/web" });
        await make("global/forwardingRules", {
            name: "web",
            target: "global/targetHttpProxies/web",
            portRange: port,
            loadBalancingScheme: "EXTERNAL_MANAGED",
        });
    };
    const hosts = (...names: string[]) => ({
        defaultService: "global/backendServices/orders",
        hostRules: [{ hosts: names, pathMatcher: "all" }],
        pathMatchers: [{ name: "all", defaultService: "global/backendServices/orders" }],
    });
    const token = (for_: string) => cloud.tokens.mintIdToken(robot, for_);

    beforeEach(async () => {
        cloud = testCloud();
        doors = await openDoors(cloud);
        robot = await cloud.account("robots");
        const made = await service("orders", { ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" });
        await service("stock");
        assert.ok(made);
        audience = String((await cloud.call(owner, "GET", `${RUN}/orders`)).uri);
        invoker("orders", `serviceAccount:${robot.email}`);
        await group("orders", { service: "orders" });
        await backend("orders", "orders");
    });
    afterEach(() => {
        doors.close();
        cloud.close();
    });

    it("lets a request in by the host of a rule, while the service's own address refuses it", async () => {
        await frontEnd(hosts("api.example.com"));
        const inside = await doors.withToken(`${HOST}/a?b=c`, token(audience));
        assert.equal(inside.status, 200, inside.decision.reason);
        assert.equal(doors.reached?.request.url, "/a?b=c");
        assert.equal(doors.reached.request.headers.host, "api.example.com");
        assert.match(inside.decision.request ?? "", /by forwarding rule web, backend service orders/);
        const direct = await doors.withToken(audience, token(audience));
        assert.equal(direct.status, 404);
        assert.match(direct.decision.reason, /INTERNAL_LOAD_BALANCER/);
        const without = await doors.knock(HOST);
        assert.equal(without.status, 403);
    });

    it("refuses a service whose ingress is internal, and takes the same service by an internal balancer", async () => {
        await cloud.call(owner, "PATCH", `${RUN}/orders?updateMask=ingress`, {
            ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
        });
        await frontEnd(hosts("api.example.com"));
        const refused = await doors.withToken(HOST, token(audience));
        assert.equal(refused.status, 404);
        assert.match(refused.decision.reason, /external load balancer/);
        const at = "regions/europe-west1";
        await make(`${at}/backendServices`, {
            name: "inner",
            loadBalancingScheme: "INTERNAL_MANAGED",
            backends: [{ group: `${at}/networkEndpointGroups/orders` }],
        });
        await make(`${at}/urlMaps`, { name: "inner", defaultService: `${at}/backendServices/inner` });
        await make(`${at}/targetHttpProxies`, { name: "inner", urlMap: `${at}/urlMaps/inner` });
        await make(`${at}/forwardingRules`, {
            name: "inner",
            target: `${at}/targetHttpProxies/inner`,
            portRange: "80",
            loadBalancingScheme: "INTERNAL_MANAGED",
        });
        const rule = await cloud.call(owner, "GET", `${COMPUTE}/${at}/forwardingRules/inner`);
        const address = `http://${String(rule.IPAddress)}`;
        const outside = await doors.withToken(address, token(audience));
        assert.equal(outside.status, 404);
        assert.match(outside.body, /internal/);
        doors.origin = { kind: "workload", project: "demo", resource: "caller", vpc: true };
        const inside = await doors.withToken(address, token(audience));
        assert.equal(inside.status, 200, inside.decision.reason);
    });

    it("says that its own host is no audience, unless it is a custom one", async () => {
        await frontEnd(hosts("api.example.com"));
        const wrong = await doors.withToken(HOST, token("https://api.example.com"));
        assert.equal(wrong.status, 401);
        assert.match(wrong.decision.reason, /address of the load balancer.*custom audiences/);
        await cloud.call(owner, "PATCH", `${RUN}/orders?updateMask=customAudiences`, {
            customAudiences: ["https://api.example.com"],
        });
        const right = await doors.withToken(HOST, token("https://api.example.com"));
        assert.equal(right.status, 200, right.decision.reason);
    });

    it("is reached by the address that it has, by no host that no rule names, and by a certificate's domains", async () => {
        await make("global/addresses", { name: "front" });
        const { address, status } = await cloud.call(owner, "GET", `${COMPUTE}/global/addresses/front`);
        assert.equal(status, "RESERVED");
        await make("global/urlMaps", { name: "web", defaultService: "global/backendServices/orders" });
        await make("global/targetHttpProxies", { name: "web", urlMap: "global/urlMaps/web" });
        await make("global/forwardingRules", {
            name: "web",
            target: "global/targetHttpProxies/web",
            portRange: "80",
            IPAddress: "front",
        });
        assert.equal((await doors.withToken(`http://${String(address)}/`, token(audience))).status, 200);
        assert.equal(cloud.hosts.find("api.example.com"), undefined);
        const used = await cloud.call(owner, "GET", `${COMPUTE}/global/addresses/front`);
        assert.equal(used.status, "IN_USE");
        assert.match(
            await refusal("global/forwardingRules", {
                name: "again",
                target: "global/targetHttpProxies/web",
                portRange: "80",
                IPAddress: address,
            }),
            /in-use/,
        );
        await make("global/sslCertificates", { name: "web", managed: { domains: ["api.example.com"] } });
        await make("global/targetHttpsProxies", {
            name: "web",
            urlMap: "global/urlMaps/web",
            sslCertificates: ["global/sslCertificates/web"],
        });
        await make("global/forwardingRules", {
            name: "tls",
            target: "global/targetHttpsProxies/web",
            portRange: "443",
            IPAddress: address,
        });
        assert.notEqual(cloud.hosts.find("api.example.com"), undefined);
        // Both ports are at the address that the certificate's domain leads to.
        assert.equal((await doors.withToken(HOST, token(audience))).status, 200);
        assert.match((await doors.knock("http://api.example.com:8080/")).body, /no forwarding rule.*takes port 8080/);
    });

    it("lets through those whom Identity-Aware Proxy of a backend service lets in, and calls the service itself", async () => {
        await backend("guarded", "orders", {
            iap: { enabled: true, oauth2ClientId: "1", oauth2ClientSecret: "s3cret" },
        });
        const kept = await cloud.call(owner, "GET", `${COMPUTE}/global/backendServices/guarded`);
        assert.equal(JSON.stringify(kept).includes("s3cret"), false);
        await frontEnd({
            defaultService: "global/backendServices/guarded",
            hostRules: [{ hosts: ["api.example.com"], pathMatcher: "all" }],
            pathMatchers: [{ name: "all", defaultService: "global/backendServices/guarded" }],
        });
        const iapAudience = `/projects/100000000001/global/backendServices/${String(kept.id)}`;
        const nobody = await doors.withToken(HOST, token(iapAudience));
        assert.equal(nobody.status, 403);
        const grant = `//iap.googleapis.com/projects/demo/iap_web/compute/services/guarded`;
        cloud.iam.setPolicy(grant, {
            bindings: [{ role: "roles/iap.httpsResourceAccessor", members: [`serviceAccount:${robot.email}`] }],
        });
        const agent = await doors.withToken(HOST, token(iapAudience));
        assert.equal(agent.status, 403, "the service agent of IAP may not invoke yet");
        invoker("orders", "serviceAccount:service-100000000001@gcp-sa-iap.iam.gserviceaccount.com");
        const inside = await doors.withToken(HOST, token(iapAudience));
        assert.equal(inside.status, 200, inside.decision.reason);
        assert.ok(doors.reached?.request.headers["x-goog-iap-jwt-assertion"]);
        assert.equal((await doors.knock(HOST)).status, 302);
    });

    it("chooses the service by host, path, URL mask and tag", async () => {
        invoker("orders", "allUsers");
        invoker("stock", "allUsers");
        await group("mask", { urlMask: "/<service>" });
        await backend("mask", "mask");
        await group("stock", { service: "stock" });
        await backend("stock", "stock");
        await frontEnd({
            defaultUrlRedirect: { httpsRedirect: true, stripQuery: true },
            hostRules: [
                { hosts: ["api.example.com"], pathMatcher: "api" },
                { hosts: ["*.example.com"], pathMatcher: "any" },
            ],
            pathMatchers: [
                {
                    name: "api",
                    defaultService: "global/backendServices/orders",
                    pathRules: [
                        { paths: ["/stock", "/stock/*"], service: "global/backendServices/stock" },
                        {
                            paths: ["/stock/old/*"],
                            urlRedirect: { pathRedirect: "/stock/new", redirectResponseCode: "FOUND" },
                        },
                    ],
                },
                {
                    name: "any",
                    defaultService: "global/backendServices/mask",
                    routeRules: [
                        {
                            priority: 1,
                            matchRules: [
                                { prefixMatch: "/v1/", headerMatches: [{ headerName: "X-Beta", exactMatch: "yes" }] },
                            ],
                            service: "global/backendServices/stock",
                            routeAction: { urlRewrite: { pathPrefixRewrite: "/", hostRewrite: "stock.internal" } },
                        },
                    ],
                },
            ],
        });
        const reached = async (url: string, headers: string[] = []): Promise<string> => {
            const answer = await doors.knock(url, headers);
            const { service: found, request } = doors.reached ?? {};
            return found
                ? `${found.name.split("/").at(-1) ?? ""} ${request?.headers.host ?? ""}${request?.url ?? ""}`
                : `${answer.status} ${answer.headers.location ?? ""}`;
        };
        assert.deepEqual(
            [
                await reached(`${HOST}/any`),
                await reached(`${HOST}/stock`),
                await reached(`${HOST}/stock/1`),
                await reached(`${HOST}/stocks`),
                await reached(`${HOST}/stock/old/1?a=b`),
                await reached("http://shop.example.com/stock/1"),
                await reached("http://shop.example.com/nobody"),
                await reached("http://shop.example.com/v1/a", ["x-beta", "yes"]),
            ],
            [
                "orders api.example.com/any",
                "stock api.example.com/stock",
                "stock api.example.com/stock/1",
                "orders api.example.com/stocks",
                "302 http://api.example.com/stock/new?a=b",
                "stock shop.example.com/stock/1",
                "404 ",
                "stock stock.internal/a",
            ],
        );
    });

    it("refuses what it does not serve by name, what is missing, and what is used", async () => {
        assert.match(
            await refusal("global/urlMaps", {
                name: "web",
                defaultService: "global/backendServices/orders",
                defaultRouteAction: { weightedBackendServices: [{ weight: 1 }] },
            }),
            /^501 .*weighted_backend_services/,
        );
        assert.match(
            await refusal("global/urlMaps", { name: "web", defaultServce: "x" }),
            /^400 .*Unknown name.*defaultServce/,
        );
        assert.match(
            await refusal("global/urlMaps", { name: "web", defaultService: "global/backendServices/none" }),
            /^404 /,
        );
        assert.match(await refusal("global/backendServices", { name: "orders" }), /^409 /);
        assert.match(await refusal("regions/nowhere1/networkEndpointGroups", { name: "x" }), /^400 .*nowhere1/);
        assert.match(
            await refusal("regions/europe-west1/networkEndpointGroups", {
                name: "x",
                networkEndpointType: "SERVERLESS",
            }),
            /exactly one of cloudRun/,
        );
        const used = await cloud.apis.request(
            "DELETE",
            `${COMPUTE}/regions/europe-west1/networkEndpointGroups/orders`,
            {
                principal: owner,
            },
        );
        assert.match(JSON.stringify(used?.body), /already being used by.*backendServices\/orders/);
        assert.equal(await cloud.status(robot, "GET", `${COMPUTE}/global/backendServices/orders`), 403);
        assert.equal(await cloud.status(owner, "DELETE", `${COMPUTE}/global/backendServices/orders`), 200);
        assert.equal(
            await cloud.status(owner, "DELETE", `${COMPUTE}/regions/europe-west1/networkEndpointGroups/orders`),
            200,
        );
    });

    it("maps a domain to a service, whose host is no audience, and whose ingress counts", async () => {
        const MAPPINGS =
            "https://europe-west1-run.googleapis.com/apis/domains.cloudrun.com/v1/namespaces/demo/domainmappings";
        const mapping = (routeName: string) => ({ metadata: { name: "shop.example.com" }, spec: { routeName } });
        assert.equal(await cloud.status(owner, "POST", MAPPINGS, mapping("none")), 404);
        assert.equal(await cloud.status(robot, "POST", MAPPINGS, mapping("stock")), 403);
        await cloud.call(owner, "POST", MAPPINGS, mapping("stock"));
        assert.equal(await cloud.status(owner, "POST", MAPPINGS, mapping("stock")), 409);
        invoker("stock", `serviceAccount:${robot.email}`);
        const { uri } = await cloud.call(owner, "GET", `${RUN}/stock`);
        const shop = "http://shop.example.com/a";
        assert.equal((await doors.withToken(shop, token(String(uri)))).status, 200);
        const wrong = await doors.withToken(shop, token("https://shop.example.com"));
        assert.equal(wrong.status, 401);
        assert.match(wrong.decision.reason, /address of a domain mapping.*custom audiences/);
        await cloud.call(owner, "PATCH", `${RUN}/stock?updateMask=ingress`, {
            ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
        });
        assert.equal((await doors.withToken(shop, token(String(uri)))).status, 404);
        assert.equal(await cloud.status(owner, "DELETE", `${MAPPINGS}/shop.example.com`), 200);
        assert.equal(cloud.hosts.find("shop.example.com"), undefined);
    });

    it("counts a service as internal by its network only where the subnet has Private Google Access", async () => {
        const at = "regions/europe-west1";
        await cloud.call(owner, "PATCH", `${RUN}/orders?updateMask=ingress`, {
            ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
        });
        await make("global/networks", { name: "inner", autoCreateSubnetworks: false });
        await make(`${at}/subnetworks`, {
            name: "inner",
            network: "global/networks/inner",
            ipCidrRange: "10.0.0.0/24",
        });
        const place = "projects/demo/locations/europe-west1/connectors";
        await cloud.call(owner, "POST", `https://vpcaccess.googleapis.com/v1/${place}?connectorId=link`, {
            subnet: { name: "inner" },
        });
        const from = {
            kind: "workload",
            project: "demo",
            resource: "projects/demo/locations/europe-west1/services/stock",
        } as const;
        const knock = async (more: { vpc: boolean; subnetwork?: string; connector?: string }): Promise<string> => {
            doors.origin = { ...from, ...more };
            const { status, decision } = await doors.withToken(audience, token(audience));
            return status === 200 ? "200" : decision.reason;
        };
        const own = { vpc: true, subnetwork: "inner" };
        const linked = { vpc: true, connector: `${place}/link` };
        assert.match(await knock({ ...own, vpc: false }), /does not send all its traffic/);
        assert.match(await knock(own), /subnet inner, which has no Private Google Access/);
        assert.match(await knock(linked), /subnet inner, which has no Private Google Access/);
        await make(`${at}/subnetworks/inner/setPrivateIpGoogleAccess`, { privateIpGoogleAccess: true });
        assert.equal(await knock(own), "200");
        assert.equal(await knock(linked), "200");
        assert.equal(await knock({ vpc: true, subnetwork: "of-another-project" }), "200");
        assert.match(await knock({ ...own, vpc: false }), /does not send all its traffic/);
        assert.match(
            await refusal(`${at}/subnetworks`, {
                name: "x",
                network: "global/networks/none",
                ipCidrRange: "10.0.0.0/24",
            }),
            /^404 /,
        );
    });

    it("refuses by name each field of a URL map that it does not serve", async () => {
        const all = Object.entries(UNSERVED).filter(([type]) => PLACES[type] !== undefined);
        assert.ok(all.length > 8);
        for (const [type, fields] of all) {
            for (const field of fields) {
                const { jsonName = "" } = message(type).fields.find(({ name }) => name === field) ?? {};
                const place = PLACES[type]?.({ [jsonName]: valueOf(type, field) });
                const map = { name: "web", defaultService: "global/backendServices/orders", ...place };
                assert.match(await refusal("global/urlMaps", map), new RegExp(`^501 .*${field}`), `${type}.${field}`);
            }
        }
    });
});
