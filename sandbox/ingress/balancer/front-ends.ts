import { collectionOf, findByKey, keyOf, partsOf, takesHost, type Message, type UrlMap } from "../../apis";
import type { Cloud } from "../../cloud";

export type ForwardingRule = Message<"google.cloud.compute.v1.ForwardingRule">;
type Proxy = Message<"google.cloud.compute.v1.TargetHttpsProxy">;
type Certificate = Message<"google.cloud.compute.v1.SslCertificate">;

/** A forwarding rule with the URL map that it leads to. */
export interface FrontEnd {
    /** `projects/P/global/forwardingRules/web`. */
    key: string;
    rule: ForwardingRule;
    isHttps: boolean;
    map: UrlMap;
    /** The domains of its managed certificates. */
    domains: string[];
}

/** The forwarding rules that lead to a URL map, of all projects and regions. */
export function frontEnds(cloud: Cloud): FrontEnd[] {
    return cloud.store.list(collectionOf("forwardingRules")).flatMap(([key, value]) => {
        const rule = value as ForwardingRule;
        const { project } = partsOf(key);
        const at = keyOf(rule.target, project, cloud);
        const proxy = findByKey<Proxy>(cloud, at);
        const map = findByKey<UrlMap>(cloud, keyOf(proxy?.urlMap, project, cloud));
        const domains = (proxy?.sslCertificates ?? []).flatMap(
            (name) => findByKey<Certificate>(cloud, keyOf(name, project, cloud))?.managed?.domains ?? [],
        );
        return map ? [{ key, rule, isHttps: at?.includes("/targetHttpsProxies/") ?? false, map, domains }] : [];
    });
}

/**
 * The front ends of a host: those at an address that the host is, or that a rule or a certificate names it for. A rule for all hosts
 * names none.
 */
export function frontEndsOf(cloud: Cloud, host: string): FrontEnd[] {
    const all = frontEnds(cloud);
    const named = ({ rule, map, domains }: FrontEnd): boolean =>
        rule.IPAddress === host ||
        domains.some((domain) => domain.toLowerCase() === host) ||
        (map.hostRules ?? []).some(({ hosts = [] }) =>
            hosts.some((pattern) => pattern !== "*" && takesHost(pattern, host)),
        );
    const addresses = new Set(all.filter(named).map(({ rule }) => rule.IPAddress));
    return all.filter(({ rule }) => addresses.has(rule.IPAddress));
}

/** Whether a forwarding rule takes a port: `443-443`, or those of a list. */
export function takesPort({ portRange = "", ports = [], allPorts }: ForwardingRule, port: number): boolean {
    const [first = "", last = first] = portRange.split("-");
    return (
        allPorts === true ||
        ports.includes(String(port)) ||
        (Number(first) <= port && port <= Number(last) && first !== "")
    );
}
