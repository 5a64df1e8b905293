import { ApiError, type Call, type Cloud, type Json, type Route, type RouteRequest } from "../../cloud";
import { projectId, projectNumberOf } from "../../iam";
import { checkId, invalidArgument, isObject, nameParts, notFound, Resources, uid } from "../framework";
import { objectOf } from "./knative-containers";
import type { RunService } from "./resource";
import { services } from "./resource";
import { DELETE_PARAMETERS, LIST_PARAMETERS, parentOf, selected } from "./v1-place";

interface DomainMapping extends Json {
    metadata: Json & { name: string };
    spec: Json & { routeName: string };
}

/** By `projects/P/locations/L/domainmappings/api.example.com`. */
const mappings = new Resources<DomainMapping>("run.domainMappings");
const PATH = "/apis/domains.cloudrun.com/v1/namespaces/{namespace}/domainmappings";
const DOMAIN = /^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]*$/;

/** The service that a domain is mapped to. */
export function serviceOfDomain(cloud: Cloud, domain: string): RunService | undefined {
    const known = cloud.store.list(mappings.collection).find(([name]) => name.endsWith(`/domainmappings/${domain}`));
    if (!known) {
        return undefined;
    }
    const [name, value] = known as [string, DomainMapping];
    return services.find(cloud, `${parentIn(name)}/services/${value.spec.routeName}`);
}

const parentIn = (name: string): string => name.slice(0, name.indexOf("/domainmappings/"));

function nameIn(request: RouteRequest, cloud: Cloud): string {
    return `${parentOf(request, cloud)}/domainmappings/${request.params.name ?? ""}`;
}

function found(request: RouteRequest, cloud: Cloud): DomainMapping {
    const name = nameIn(request, cloud);
    const mapping = mappings
        .list(cloud, parentOf(request, cloud))
        .find((one) => one.metadata.name === request.params.name);
    if (!mapping) {
        throw notFound(name);
    }
    return mapping;
}

/** A mapping as Google answers it once the certificate is there. */
function make(request: RouteRequest, { cloud, time }: Call): Json {
    const { metadata, spec } = request.json;
    const wanted = isObject(metadata) ? metadata : {};
    const domain = typeof wanted.name === "string" ? wanted.name : "";
    checkId(domain, DOMAIN, "metadata.name", "it must be a domain name of lower-case letters, such as api.example.com");
    const routeName = isObject(spec) && typeof spec.routeName === "string" ? spec.routeName : "";
    const unknown = Object.keys(objectOf(spec)).find(
        (key) => !["routeName", "certificateMode", "forceOverride"].includes(key),
    );
    if (unknown !== undefined) {
        throw invalidArgument(
            `Invalid JSON payload received. Unknown name "${unknown}" at 'spec': Cannot find field.`,
            "spec",
        );
    }
    const parent = parentOf(request, cloud);
    const service = `${parent}/services/${routeName}`;
    if (!services.find(cloud, service)) {
        throw new ApiError(
            "NOT_FOUND",
            `Service '${routeName}' in ${parent} does not exist, so that no domain can be mapped to it`,
        );
    }
    const taken = cloud.store.list(mappings.collection).find(([name]) => name.endsWith(`/domainmappings/${domain}`));
    if (taken && objectOf(spec).forceOverride !== true) {
        throw new ApiError("ALREADY_EXISTS", `Resource '${domain}' already exists.`);
    }
    if (taken) {
        cloud.store.delete(mappings.collection, taken[0]);
    }
    const { projects = "", locations = "" } = nameParts(parent);
    const ready = (type: string): Json => ({ type, status: "True", lastTransitionTime: time });
    return mappings.put(cloud, `${parent}/domainmappings/${domain}`, {
        apiVersion: "domains.cloudrun.com/v1",
        kind: "DomainMapping",
        metadata: {
            ...wanted,
            name: domain,
            namespace: projectNumberOf(projects, cloud.settings, cloud.store),
            labels: { ...objectOf(wanted.labels), "cloud.googleapis.com/location": locations },
            uid: uid(),
            resourceVersion: "AAAA",
            generation: 1,
            creationTimestamp: time,
            selfLink: `/apis/domains.cloudrun.com/v1/namespaces/${projectId(projects, cloud.settings, cloud.store)}/domainmappings/${domain}`,
        },
        spec: { certificateMode: "AUTOMATIC", ...objectOf(spec), routeName },
        status: {
            conditions: ["Ready", "CertificateProvisioned", "DomainRoutable"].map(ready),
            observedGeneration: 1,
            mappedRouteName: routeName,
            resourceRecords: [{ name: domain.split(".")[0] ?? "", type: "CNAME", rrdata: "ghs.googlehosted.com." }],
        },
    });
}

/** A domain as an address of a service. Which permissions it takes is not documented [K]. https://cloud.google.com/run/docs/mapping-custom-domains */
export const domainMappingRoutes: Route[] = [
    {
        verb: "POST",
        path: PATH,
        permission: "run.domainmappings.create",
        resource: (request, cloud) => parentOf(request, cloud).replace("/locations/-", ""),
        handle: make,
    },
    {
        verb: "GET",
        path: PATH,
        permission: "run.domainmappings.list",
        parameters: LIST_PARAMETERS,
        resource: (request, cloud) => parentOf(request, cloud).replace("/locations/-", ""),
        handle: (request, { cloud }) => ({
            apiVersion: "domains.cloudrun.com/v1",
            kind: "DomainMappingList",
            metadata: {},
            items: selected(mappings.list(cloud, parentOf(request, cloud)), request.query),
        }),
    },
    {
        verb: "GET",
        path: `${PATH}/{name}`,
        permission: "run.domainmappings.get",
        resource: nameIn,
        handle: (request, { cloud }) => found(request, cloud),
    },
    {
        verb: "DELETE",
        path: `${PATH}/{name}`,
        permission: "run.domainmappings.delete",
        parameters: DELETE_PARAMETERS,
        resource: nameIn,
        handle(request, { cloud }) {
            const { metadata } = found(request, cloud);
            const all = cloud.store.list(mappings.collection, parentOf(request, cloud).replace("/locations/-", "/"));
            all.filter(([name]) => name.endsWith(`/domainmappings/${metadata.name}`)).forEach(([name]) =>
                cloud.store.delete(mappings.collection, name),
            );
            return { apiVersion: "v1", kind: "Status", status: "Success" };
        },
    },
];
