import {
    atRevision,
    findByKey,
    functions,
    functionsV1,
    type FunctionV1,
    keyOf,
    type Message,
    partsOf,
    type RunService,
    serviceBeneath,
    services,
} from "../../apis";
import type { Cloud } from "../../cloud";

type BackendService = Message<"google.cloud.compute.v1.BackendService">;
type EndpointGroup = Message<"google.cloud.compute.v1.NetworkEndpointGroup">;

/** What answers behind a backend service, or why nothing does. */
export type Behind =
    | { kind: "service"; service: RunService }
    | { kind: "function"; function: FunctionV1; id: string }
    | { kind: "nothing"; reason: string };

const nothing = (reason: string): Behind => ({ kind: "nothing", reason });

/** The service or function that answers a request to a backend service: of its first serverless group. */
export function behind(
    cloud: Cloud,
    { name = "", backends = [] }: BackendService,
    project: string,
    url: string,
): Behind {
    const keys = backends.map(({ group }) => keyOf(group, project, cloud));
    const key = keys.find((each) => findByKey<EndpointGroup>(cloud, each)?.networkEndpointType === "SERVERLESS");
    const group = findByKey<EndpointGroup>(cloud, key);
    if (key === undefined || group === undefined) {
        const has = keys.length === 0 ? "no backends" : `the backends ${keys.join(", ")}`;
        return nothing(`the backend service ${name} has ${has}, and the sandbox serves serverless groups alone`);
    }
    const { region = "", project: owner } = partsOf(key);
    const { cloudRun, cloudFunction } = group;
    const at = `projects/${owner}/locations/${region}`;
    if (cloudRun) {
        const named = namedBy(cloudRun.urlMask, url) ?? {};
        return runService(
            cloud,
            `${at}/services/${named.service ?? cloudRun.service ?? ""}`,
            named.tag ?? cloudRun.tag,
        );
    }
    const id = cloudFunction && (namedBy(cloudFunction.urlMask, url)?.function ?? cloudFunction.function ?? "");
    if (id === undefined) {
        return nothing(`the group ${group.name ?? ""} leads to App Engine, which the sandbox does not have`);
    }
    const functionName = `${at}/functions/${id}`;
    const first = functionsV1.find(cloud, functionName);
    if (first) {
        return { kind: "function", function: first, id };
    }
    return functions.find(cloud, functionName)
        ? runService(cloud, serviceBeneath(functionName), undefined)
        : nothing(`the group ${group.name ?? ""} leads to ${functionName}, which does not exist`);
}

function runService(cloud: Cloud, name: string, tag: string | undefined): Behind {
    const whole = services.find(cloud, name);
    const service = whole && atRevision(cloud, whole, tag === "" ? undefined : tag);
    return service
        ? { kind: "service", service }
        : nothing(`the group leads to ${name}${tag ? ` with the tag ${tag}` : ""}, which does not exist`);
}

const PLACEHOLDER = /<(service|tag|function)>/g;

/**
 * What a URL mask finds in a request: `<tag>.example.com/<service>`. A mask without a host is for the path alone.
 * @param url the host and the path: `green.example.com/orders`
 * @returns undefined if there is no mask, or it does not fit
 * @see https://cloud.google.com/load-balancing/docs/negs/serverless-neg-concepts#url_masks
 */
export function namedBy(mask: string | undefined, url: string): Record<string, string> | undefined {
    if (!mask) {
        return undefined;
    }
    const subject = mask.startsWith("/") ? url.slice(url.indexOf("/")) : url;
    const literal = (text: string): string => text.replace(/[.+?^$()|[\]\\{}*]/g, "\\$&");
    const parts = mask.replace(/^https?:\/\//, "").split(PLACEHOLDER);
    // Every second part is the name of a placeholder.
    const pattern = parts.map((part, i) => (i % 2 === 1 ? `(?<${part}>[^/.]+)` : literal(part))).join("");
    return new RegExp(`^${pattern}(?:[/?]|$)`).exec(subject)?.groups;
}
