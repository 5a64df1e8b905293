import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { atRevision, findByHost, serviceOfDomain, services, serviceUrls, type RunService } from "../apis";
import type { Cloud, HostHandler, Origin } from "../cloud";
import { projectNumberOf } from "../iam";
import { doorRequestOf, keptOut, letIn, type DoorRequest, type Through } from "./door";
import { setHeader } from "./headers";
import { agentMayInvoke, applicationOfService, passIap } from "./iap";
import { refuse } from "./pages";
import { logRequest } from "./request-log";

/** What answers behind the front door, for requests that got in. */
export type Backend = (service: RunService, request: IncomingMessage, response: ServerResponse) => void;

const permission = "run.routes.invoke";
const resourceType = "run.googleapis.com/Service";

/** Cloud Run's front door. https://cloud.google.com/run/docs/authenticating/overview */
export function createRunDoor(cloud: Cloud, backend: Backend): HostHandler {
    return (request, response, origin) => {
        const host = request.headers.host ?? "";
        const service = findByHost(cloud, host);
        const doorRequest = doorRequestOf(request, response);
        if (service) {
            enterService(cloud, service, doorRequest, origin, backend);
        } else {
            recordDisabled(cloud, host, doorRequest);
            refuse(request, response, 404);
        }
    };
}

/** Passes a request on to a service, or refuses it. */
export function enterService(
    cloud: Cloud,
    service: RunService,
    doorRequest: DoorRequest,
    origin: Origin,
    backend: Backend,
    { aliases = [], through, domain }: { aliases?: readonly string[]; through?: Through; domain?: string } = {},
): void {
    const { request, response } = doorRequest;
    const logged = logRequest(cloud, service, request, response);
    const guarded = {
        permission,
        resource: `//run.googleapis.com/${service.name}`,
        resourceType,
        outside: ingressProblem(service, origin, cloud, through),
        by: through ? balancerOf(through) : mappingOf(domain),
        open: service.invokerIamDisabled ? "invoker IAM check disabled on the service" : undefined,
        audiences: {
            urls: [service.uri, ...(service.urls ?? []), ...aliases].filter(
                (url, i, all): url is string => url !== undefined && all.indexOf(url) === i,
            ),
            custom: service.customAudiences ?? [],
        },
    };
    const passed = through?.isIdentified === true;
    const admitted =
        guarded.outside === undefined && (passed || service.iapEnabled)
            ? (passed || passIap(cloud, doorRequest, applicationOfService(cloud, service))) &&
              agentMayInvoke(cloud, doorRequest, service)
            : letIn(cloud, doorRequest, guarded);
    if (!admitted) {
        return;
    }
    logged.letIn();
    addForwarded(request);
    backend(service, request, response);
}

/** The address of the load balancer that a request came by. */
export const balancerOf = ({ address }: Through): { address: string; what: string } => ({
    address,
    what: "the load balancer",
});

const mappingOf = (domain: string | undefined): { address: string; what: string } | undefined =>
    domain === undefined ? undefined : { address: `https://${domain}`, what: "a domain mapping" };

/** The door of domains that are mapped to services. Ingress counts where a request comes from. https://cloud.google.com/run/docs/mapping-custom-domains */
export function createDomainDoor(cloud: Cloud, backend: Backend): HostHandler {
    return (request, response, origin) => {
        const domain = (request.headers.host ?? "").replace(/:\d+$/, "");
        const whole = serviceOfDomain(cloud, domain);
        const service = whole && atRevision(cloud, whole);
        if (service) {
            enterService(cloud, service, doorRequestOf(request, response), origin, backend, { domain });
        } else {
            refuse(request, response, 404);
        }
    };
}

function ingressProblem(
    { name, ingress }: RunService,
    origin: Origin,
    cloud: Cloud,
    through: Through | undefined,
): string | undefined {
    if (ingress !== "INGRESS_TRAFFIC_INTERNAL_ONLY" && ingress !== "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER") {
        return undefined;
    }
    const setting = { name: ingress, takesBalancers: ingress === "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" };
    return keptOut(cloud, name.split("/")[1] ?? "", setting, origin, through);
}

/** Records that a service exists, and that only its address is switched off. */
function recordDisabled(cloud: Cloud, host: string, { asked }: DoorRequest): void {
    const service = cloud.store
        .list(services.collection)
        .map(([, value]) => value as RunService)
        .filter(({ defaultUriDisabled }) => defaultUriDisabled)
        .find(({ name }) => {
            const number = projectNumberOf(name.split("/")[1] ?? "", cloud.settings, cloud.store);
            return Object.values(serviceUrls(name, number)).includes(`https://${host}`);
        });
    if (!service) {
        return;
    }
    cloud.decisions.record({
        allowed: false,
        stage: "ingress",
        principal: "anonymous",
        permission,
        resource: `//run.googleapis.com/${service.name}`,
        reason: "the service's default URI is disabled",
        request: asked,
    });
}

/** The headers by which Google's front end describes the request to a service. */
export function addForwarded(request: IncomingMessage): void {
    const { headers, socket } = request;
    // Node makes UUIDs in advance, so they are many times cheaper than as many random bytes.
    const trace = randomUUID().replaceAll("-", "");
    const span = randomUUID().slice(-12).padStart(16, "0");
    setHeader(request, "x-forwarded-proto", "https");
    setHeader(request, "x-forwarded-for", socket.remoteAddress ?? "127.0.0.1");
    headers.traceparent ??= `00-${trace}-${span}-00`;
    headers["x-cloud-trace-context"] ??= `${trace}/${Number.parseInt(span, 16)}`;
}
