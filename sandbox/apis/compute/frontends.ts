import { ApiError, type Cloud, type Json } from "../../cloud";
import { addressOf } from "./addresses";
import { checkedLink, collectionOf, invalidField, linkOf, textIn } from "./links";
import type { Wanted } from "./wanted";

/** A target proxy for HTTP or HTTPS. */
export function checkProxy(resource: Json, { call: { cloud }, project, region, key }: Wanted): Json {
    const { urlMap, sslCertificates, certificateMap } = resource as {
        [field: string]: unknown;
        sslCertificates?: string[];
    };
    const isHttps = key.includes("/targetHttpsProxies/");
    if (isHttps && !certificateMap && (sslCertificates ?? []).length === 0) {
        throw invalidField("sslCertificates", "", "At least one SSL certificate must be specified.");
    }
    return {
        ...resource,
        urlMap: checkedLink(cloud, project, "urlMap", urlMap),
        ...(isHttps &&
            sslCertificates && {
                sslCertificates: sslCertificates.map((name, i) =>
                    // Those of Certificate Manager have names of their own.
                    name.includes("certificatemanager")
                        ? name
                        : checkedLink(cloud, project, `sslCertificates[${i}]`, name),
                ),
            }),
        ...(region !== undefined && { region: linkOf(`projects/${project}/regions/${region}`) }),
    };
}

/** A domain of a managed certificate. https://cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs */
const DOMAIN = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*\.?$/i;

export function checkCertificate(resource: Json, { project, region }: Wanted): Json {
    const { managed, certificate, privateKey, ...rest } = resource as Record<string, Json | undefined>;
    const place = region === undefined ? {} : { region: linkOf(`projects/${project}/regions/${region}`) };
    if (managed) {
        const { domains = [] } = managed as { domains?: string[] };
        const wrong = domains.find((domain) => !DOMAIN.test(domain));
        if (domains.length === 0 || wrong !== undefined) {
            throw invalidField("managed.domains", wrong ?? "", "Each must be a domain name without a wildcard.");
        }
        const domainStatus = Object.fromEntries(domains.map((domain) => [domain, "ACTIVE"]));
        return { ...rest, ...place, type: "MANAGED", managed: { domains, status: "ACTIVE", domainStatus } };
    }
    if (!certificate || !privateKey) {
        throw invalidField("certificate", "", "A certificate and its private key are required, or managed.domains.");
    }
    // The private key is not kept: the sandbox shows certificates of its own.
    return { ...rest, ...place, type: "SELF_MANAGED", certificate, selfManaged: { certificate } };
}

/** https://cloud.google.com/load-balancing/docs/forwarding-rule-concepts */
export function checkForwardingRule(resource: Json, wanted: Wanted): Json {
    const { call, project, region, key, current } = wanted;
    const { cloud } = call;
    const scheme = textIn(resource, "loadBalancingScheme") ?? "EXTERNAL";
    const IPAddress = current?.IPAddress ?? addressOf(resource.IPAddress, wanted, scheme.startsWith("INTERNAL"));
    const portRange = rangeOf(resource.portRange ?? current?.portRange);
    const link = (field: string): Json =>
        resource[field] ? { [field]: checkedLink(cloud, project, field, resource[field]) } : {};
    const rule = {
        IPProtocol: "TCP",
        networkTier: "PREMIUM",
        ...resource,
        loadBalancingScheme: scheme,
        IPAddress,
        ...(portRange !== undefined && { portRange }),
        ...link("target"),
        ...link("network"),
        ...link("subnetwork"),
        ...link("backendService"),
        ...(region !== undefined && { region: linkOf(`projects/${project}/regions/${region}`) }),
    };
    if (!current) {
        refuseConflict(cloud, key, rule);
    }
    return rule;
}

function rangeOf(given: unknown): string | undefined {
    const text = typeof given === "string" ? given : undefined;
    return text === undefined || text.includes("-") ? text : `${text}-${text}`;
}

function refuseConflict(cloud: Cloud, key: string, rule: Json): void {
    const taken = cloud.store
        .list(collectionOf("forwardingRules"))
        .find(
            ([other, value]) =>
                other !== key &&
                (value as Json).IPAddress === rule.IPAddress &&
                (value as Json).portRange === rule.portRange,
        );
    if (taken) {
        throw new ApiError(
            "INVALID_ARGUMENT",
            `Invalid value for field 'resource.IPAddress': '${String(rule.IPAddress)}'. Specified IP address is in-use and would result in a conflict with '${taken[0]}'.`,
        );
    }
}
