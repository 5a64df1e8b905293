import { asText, isObject, type Properties, same } from "../../values";
import type { RestType } from "../rest";

type Place = "global" | "regions/{region}";

/**
 * A type of Compute Engine. https://cloud.google.com/compute/docs/reference/rest/v1
 * @param idAs the output that has the numeric ID
 */
function compute(token: string, place: Place, segment: string, idAs?: string, more: Partial<RestType> = {}): RestType {
    const [, kind = ""] = token.split("/");
    const path = `projects/{project}/${place}/${segment}`;
    return {
        token: `gcp:compute/${kind}`,
        base: "https://compute.googleapis.com/compute/v1/",
        id: `${path}/{name}`,
        create: path,
        update: "none",
        bodyName: "short",
        autoName: { property: "name", maximum: 63 },
        ...more,
        toOutputs: (outputs, remote, inputs) => {
            const whole = more.toOutputs?.(outputs, remote, inputs) ?? outputs;
            const id = asText(remote["id"]);
            return idAs === undefined ? whole : { ...whole, [idAs]: typeof whole[idAs] === "number" ? Number(id) : id };
        },
    };
}

/** The same type with and without a region. */
function both(
    tokens: { global: string; region: string },
    segment: string,
    idAs?: string,
    more?: Partial<RestType>,
): RestType[] {
    return [
        compute(tokens.global, "global", segment, idAs, more),
        compute(tokens.region, "regions/{region}", segment, idAs, more),
    ];
}

const backendService: Partial<RestType> = {
    rename: { enableCdn: "enableCDN" },
    toBody: ({ connectionDrainingTimeoutSec, healthChecks, ...body }) => ({
        ...body,
        ...(connectionDrainingTimeoutSec !== undefined && {
            connectionDraining: { drainingTimeoutSec: connectionDrainingTimeoutSec },
        }),
        ...(healthChecks !== undefined && { healthChecks: [healthChecks] }),
    }),
    toOutputs: (outputs, remote) => {
        const [check] = Array.isArray(remote["healthChecks"]) ? remote["healthChecks"] : [];
        const draining = isObject(remote["connectionDraining"]) ? remote["connectionDraining"] : {};
        return {
            ...outputs,
            healthChecks: check ?? "",
            connectionDrainingTimeoutSec: draining["drainingTimeoutSec"] ?? 0,
        };
    },
};

const forwardingRule: Partial<RestType> = {
    rename: { ipAddress: "IPAddress", ipProtocol: "IPProtocol" },
    defaults: { loadBalancingScheme: "EXTERNAL" },
    notSent: ["recreateClosedPsc"],
};

/** The key of a certificate comes back from no API. */
const certificate: Partial<RestType> = {
    notSent: ["namePrefix", "privateKeyWoVersion"],
    toBody: ({ privateKeyWo, ...body }) => ({
        ...body,
        ...(privateKeyWo !== undefined && { privateKey: privateKeyWo }),
    }),
    toOutputs: (outputs, _, inputs) => ({
        ...outputs,
        privateKey: inputs["privateKey"] ?? null,
        privateKeyWo: null,
    }),
};

const httpsProxy: Partial<RestType> = {
    notSent: ["certificateManagerCertificates"],
    toBody: (body, { certificateManagerCertificates: managed }) => ({
        ...body,
        ...(Array.isArray(managed) && { sslCertificates: managed.map((name) => certificateName(asText(name))) }),
    }),
};

const certificateName = (name: string): string =>
    name.startsWith("//") ? name : `//certificatemanager.googleapis.com/${name}`;

const network: Partial<RestType> = {
    rename: { gatewayIpv4: "gatewayIPv4" },
    defaults: { autoCreateSubnetworks: true },
    notSent: ["deleteDefaultRoutesOnCreate", "deleteBgpAlwaysCompareMed"],
    toBody: ({ routingMode, bgpAlwaysCompareMed, bgpBestPathSelectionMode, bgpInterRegionCost, ...body }) => {
        const routing: Properties = {
            ...(routingMode !== undefined && { routingMode }),
            ...(bgpBestPathSelectionMode !== undefined && { bgpBestPathSelectionMode }),
            ...(bgpAlwaysCompareMed !== undefined && { bgpAlwaysCompareMed }),
            ...(bgpInterRegionCost !== undefined && { bgpInterRegionCost }),
        };
        return { ...body, ...(Object.keys(routing).length > 0 && { routingConfig: routing }) };
    },
    toOutputs: (outputs, remote) => {
        const routing = isObject(remote["routingConfig"]) ? remote["routingConfig"] : {};
        return { ...outputs, routingMode: routing["routingMode"] ?? "", numericId: remote["id"] ?? "" };
    },
};

/** The rules of a policy are changed one by one. https://cloud.google.com/compute/docs/reference/rest/v1/securityPolicies/addRule */
const securityPolicy: Partial<RestType> = {
    defaults: { type: "CLOUD_ARMOR" },
    after: async (http, path, { rules: now }, purpose, old) => {
        const [before, after] = [old?.["rules"], now].map((rules) =>
            Array.isArray(rules) ? rules.filter(isObject) : [],
        ) as [Properties[], Properties[]];
        const isLast = ({ priority }: Properties): boolean => priority === 2_147_483_647;
        const byPriority = (rules: Properties[], { priority }: Properties): Properties | undefined =>
            rules.find((rule) => rule["priority"] === priority);
        const send = (method: string, rule: Properties, body?: Properties): Promise<unknown> =>
            http.callAndWait(
                "https://compute.googleapis.com/compute/v1/",
                "POST",
                `${path}/${method}${method === "addRule" ? "" : `?priority=${asText(rule["priority"])}`}`,
                body,
            );
        if (purpose === "create" || now === undefined) {
            return;
        }
        for (const rule of after) {
            const known = byPriority(before, rule);
            if (!same(known, rule)) {
                await send(known === undefined && !isLast(rule) ? "addRule" : "patchRule", rule, rule);
            }
        }
        for (const rule of before.filter((each) => byPriority(after, each) === undefined && !isLast(each))) {
            await send("removeRule", rule, {});
        }
    },
};

/** Load balancers, and the networks around services. */
export const computeTypes: RestType[] = [
    ...both({ global: "/globalAddress:GlobalAddress", region: "/address:Address" }, "addresses", "addressId"),
    compute(
        "/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
        "regions/{region}",
        "networkEndpointGroups",
        undefined,
        {
            defaults: { networkEndpointType: "SERVERLESS" },
            unsupported: ["serverlessDeployment"],
        },
    ),
    ...both(
        { global: "/backendService:BackendService", region: "/regionBackendService:RegionBackendService" },
        "backendServices",
        "generatedId",
        backendService,
    ),
    ...both({ global: "/uRLMap:URLMap", region: "/regionUrlMap:RegionUrlMap" }, "urlMaps", "mapId"),
    ...both(
        { global: "/targetHttpProxy:TargetHttpProxy", region: "/regionTargetHttpProxy:RegionTargetHttpProxy" },
        "targetHttpProxies",
        "proxyId",
    ),
    ...both(
        { global: "/targetHttpsProxy:TargetHttpsProxy", region: "/regionTargetHttpsProxy:RegionTargetHttpsProxy" },
        "targetHttpsProxies",
        "proxyId",
        httpsProxy,
    ),
    ...both(
        { global: "/sSLCertificate:SSLCertificate", region: "/regionSslCertificate:RegionSslCertificate" },
        "sslCertificates",
        "certificateId",
        certificate,
    ),
    compute("/managedSslCertificate:ManagedSslCertificate", "global", "sslCertificates", "certificateId", {
        defaults: { type: "MANAGED" },
    }),
    ...both(
        { global: "/globalForwardingRule:GlobalForwardingRule", region: "/forwardingRule:ForwardingRule" },
        "forwardingRules",
        "forwardingRuleId",
        forwardingRule,
    ),
    ...both(
        { global: "/securityPolicy:SecurityPolicy", region: "/regionSecurityPolicy:RegionSecurityPolicy" },
        "securityPolicies",
        undefined,
        securityPolicy,
    ),
    compute("/network:Network", "global", "networks", "networkId", network),
    compute("/subnetwork:Subnetwork", "regions/{region}", "subnetworks", "subnetworkId", {
        notSent: ["sendSecondaryIpRangeIfEmpty"],
    }),
];

/** `gcp.vpcaccess.Connector`. https://cloud.google.com/vpc/docs/reference/vpcaccess/rest/v1/projects.locations.connectors */
export const connector: RestType = {
    token: "gcp:vpcaccess/connector:Connector",
    base: "https://vpcaccess.googleapis.com/v1/",
    id: "projects/{project}/locations/{region}/connectors/{name}",
    create: "projects/{project}/locations/{region}/connectors?connectorId={name}",
    update: "mask",
    autoName: { property: "name", maximum: 25 },
    shortNames: ["name"],
    defaults: { machineType: "e2-micro" },
    notSent: ["selfLink"],
    toOutputs: (outputs, remote, inputs) => ({
        ...outputs,
        selfLink: remote["name"] ?? "",
        // The API answers the name of the network, whatever the program named it by.
        network: inputs["network"] ?? remote["network"] ?? "",
        subnet: isObject(outputs["subnet"]) ? { ...outputs["subnet"], projectId: asText(inputs["project"]) } : null,
    }),
};
