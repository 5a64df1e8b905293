import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import {
    type ArmorRequest,
    findByKey,
    type FunctionV1,
    keyOf,
    type Message,
    partsOf,
    refusedBy,
    type RunService,
    wayOf,
} from "../../apis";
import type { Cloud, HostHandler, Origin } from "../../cloud";
import { doorRequestOf, notInternal, type DoorRequest, type Through } from "../door";
import { setHeader } from "../headers";
import { applicationOfBackend, passIap } from "../iap";
import { outsideOfNetworks } from "../network-access";
import { refuse } from "../pages";
import { frontEndsOf, type FrontEnd, takesPort } from "./front-ends";
import { behind } from "./serverless";

type BackendService = Message<"google.cloud.compute.v1.BackendService">;

/** How a request enters what is behind a load balancer. */
export interface Entrances {
    service(service: RunService, request: DoorRequest, origin: Origin, through: Through): void;
    function(fn: FunctionV1, id: string, request: DoorRequest, origin: Origin, through: Through): void;
}

/** The door of all load balancers. https://cloud.google.com/load-balancing/docs/https/setup-global-ext-https-serverless */
export function createBalancerDoor(cloud: Cloud, entrances: Entrances): HostHandler {
    return (request, response, origin) => {
        const doorRequest = doorRequestOf(request, response);
        const place = placeOf(request, origin);
        const frontEnd = frontEndsOf(cloud, place.address).find(
            ({ rule, isHttps }) => isHttps === place.isHttps && takesPort(rule, place.port),
        );
        if (!frontEnd) {
            const asked = `port ${place.port} by ${place.isHttps ? "HTTPS" : "HTTP"}`;
            refuse(
                request,
                response,
                404,
                `no forwarding rule of the load balancer at ${place.address} takes ${asked}`,
            );
            return;
        }
        const unreachable = internalOnly(cloud, frontEnd, origin);
        if (unreachable !== undefined) {
            refuse(request, response, 404, unreachable);
            return;
        }
        const [path = "/", query] = (request.url ?? "/").split(/\?(.*)/s);
        const way = wayOf(frontEnd.map, {
            isHttps: place.isHttps,
            host: place.name,
            path,
            query: query === undefined ? "" : `?${query}`,
            headers: request.headers,
        });
        if (way?.kind === "redirect") {
            response.writeHead(way.status, { location: way.location, "content-length": 0 }).end();
        } else if (way) {
            const rewritten = { path: way.path, query, ...(way.host !== undefined && { host: way.host }) };
            enter({ cloud, entrances, doorRequest, origin, frontEnd, place }, way.service, rewritten);
        } else {
            refuse(request, response, 404, `the URL map ${frontEnd.map.name ?? ""} sends this request nowhere`);
        }
    };
}

/** Where a request was sent. */
interface Place {
    /** The host that it is for, without a port. */
    name: string;
    /** The host or the address to which it was sent. */
    address: string;
    port: number;
    isHttps: boolean;
}

function placeOf({ headers, socket }: IncomingMessage, origin: Origin): Place {
    const isHttps = (socket as Partial<TLSSocket>).encrypted === true || origin.isHttps === true;
    const parts = (authority = ""): [name: string, port: string | undefined] => {
        const [, name = "", port] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
        return [name, port];
    };
    const [address, port] = parts(origin.kind === "google" ? (origin.address ?? headers.host) : headers.host);
    return {
        name: parts(headers.host)[0],
        address,
        port: port === undefined ? (isHttps ? 443 : 80) : Number(port),
        isHttps,
    };
}

/** Why a request does not reach an internal load balancer, whose address is of a network. Undefined if it does, or it is external. */
function internalOnly(cloud: Cloud, { key, rule }: FrontEnd, origin: Origin): string | undefined {
    if (!rule.loadBalancingScheme?.startsWith("INTERNAL")) {
        return undefined;
    }
    const { project } = partsOf(key);
    const problem =
        origin.kind === "google"
            ? notIn(networkOfRule(cloud, rule, project), origin)
            : notInternal(origin, project, cloud);
    return problem && `the load balancer of ${rule.name ?? ""} is internal, and ${problem}`;
}

/** Why a sender of Google's is not in a network. It is in the one alone in which Service Directory has the address that it calls. */
function notIn(network: string, origin: Origin & { kind: "google" }): string | undefined {
    const other = origin.network === network ? undefined : `Service Directory says ${origin.network ?? ""}`;
    return outsideOfNetworks(origin) ?? (other && `it is in the network ${network}, and ${other}`);
}

/** The network of a forwarding rule, or that of its subnet: `projects/P/global/networks/N`. */
function networkOfRule(cloud: Cloud, { network, subnetwork }: FrontEnd["rule"], project: string): string {
    const subnet = findByKey<{ network?: string }>(cloud, keyOf(subnetwork, project, cloud));
    return (
        keyOf(network, project, cloud) ??
        keyOf(subnet?.network, project, cloud) ??
        `projects/${project}/global/networks/default`
    );
}

interface Passing {
    cloud: Cloud;
    entrances: Entrances;
    doorRequest: DoorRequest;
    origin: Origin;
    frontEnd: FrontEnd;
    place: { name: string };
}

type SecurityPolicy = Message<"google.cloud.compute.v1.SecurityPolicy">;

/** The refusal by a policy of Cloud Armor, which decides before IAP does. */
function armorOf(
    cloud: Cloud,
    { edgeSecurityPolicy, securityPolicy }: BackendService,
    { request }: DoorRequest,
    { isHttps, key }: FrontEnd,
    origin: Origin,
): { status: 403 | 404 | 502; reason: string } | undefined {
    const [path = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/s);
    const asked: ArmorRequest = {
        address: origin.kind === "google" ? undefined : request.socket.remoteAddress,
        method: request.method ?? "GET",
        path,
        query,
        scheme: isHttps ? "https" : "http",
        headers: request.headers,
    };
    for (const link of [edgeSecurityPolicy, securityPolicy]) {
        const policy = findByKey<SecurityPolicy>(cloud, keyOf(link, partsOf(key).project, cloud));
        const refused = policy && refusedBy(policy, asked);
        if (refused) {
            const { rule, status } = refused;
            const reason = `rule ${rule.priority ?? 0} of the Cloud Armor policy ${policy.name ?? ""} denies it`;
            return { status, reason };
        }
    }
    return undefined;
}

function enter(
    { cloud, entrances, doorRequest, origin, frontEnd, place }: Passing,
    link: string,
    rewritten: { path: string; query: string | undefined; host?: string },
): void {
    const { request, response } = doorRequest;
    const { project, region } = partsOf(frontEnd.key);
    const key = keyOf(link, project, cloud) ?? link;
    const backendService = findByKey<BackendService>(cloud, key);
    if (!backendService || partsOf(key).segment !== "backendServices") {
        refuse(request, response, 503, `${key} is not served by the sandbox: nothing is behind it`);
        return;
    }
    const armor = armorOf(cloud, backendService, doorRequest, frontEnd, origin);
    if (armor !== undefined) {
        refuse(request, response, armor.status, armor.reason);
        return;
    }
    const application = backendService.iap?.enabled
        ? applicationOfBackend(cloud, partsOf(key).name, partsOf(key))
        : undefined;
    if (application && !passIap(cloud, doorRequest, application)) {
        return;
    }
    const found = behind(cloud, backendService, partsOf(key).project, `${place.name}${rewritten.path}`);
    if (found.kind === "nothing") {
        refuse(request, response, 404, found.reason);
        return;
    }
    request.url = `${rewritten.path}${rewritten.query === undefined ? "" : `?${rewritten.query}`}`;
    const through: Through = {
        address: `https://${place.name}`,
        isInternal: frontEnd.rule.loadBalancingScheme?.startsWith("INTERNAL") ?? false,
        isIdentified: application !== undefined,
    };
    const by = `${region === undefined ? "" : `${region} `}forwarding rule ${partsOf(frontEnd.key).name}, backend service ${partsOf(key).name}`;
    const told = { ...doorRequest, asked: `${doorRequest.asked} (by ${by})` };
    setHeader(request, "via", "1.1 google");
    if (rewritten.host !== undefined) {
        setHeader(request, "host", rewritten.host);
    }
    for (const header of backendService.customRequestHeaders ?? []) {
        const [, name = "", value = ""] = /^([^:]+):(.*)$/s.exec(header) ?? [];
        setHeader(request, name.trim().toLowerCase(), value.trim());
    }
    if (found.kind === "service") {
        entrances.service(found.service, told, origin, through);
    } else {
        entrances.function(found.function, found.id, told, origin, through);
    }
}
