import { REGIONS } from "../../../common";
import { ApiError } from "../../cloud";
import { fromKnative, toKnative, toKnativeRevision } from "./knative";
import {
    isObject,
    message as protoOf,
    notFound,
    parse,
    print,
    policyRoutes,
    shortName,
    unimplemented,
    type ApiDefinition,
    type Call,
    type Json,
    type Route,
    type RouteRequest,
} from "../framework";
import { domainMappingRoutes } from "./domain-mappings";
import { jobRoutes } from "./v1-jobs";
import { workerPoolRoutes } from "./v1-worker-pools";
import { revisions } from "./revisions";
import { DELETE_PARAMETERS, LIST_PARAMETERS, parentOf, selected } from "./v1-place";
import { type RunService, services } from "./resource";
import { checkedRegions, checkOwn, deployRegions, isGlobal, removeRegions } from "./multi-region";
import { deployService, removeService, servicePolicies } from "./services";

const NAMESPACE = "/apis/serving.knative.dev/v1/namespaces/{namespace}/services";
const REVISIONS = "/apis/serving.knative.dev/v1/namespaces/{namespace}/revisions";
/** Of Knative's verbs, as audit logs name them: https://cloud.google.com/run/docs/audit-logging */
const METHODS: Record<string, string> = { GET: "Get", POST: "Create", PUT: "Replace", DELETE: "Delete" };
const PLACE = "/v1/projects/{namespace}/locations/{location}/services";

/** Cloud Run's older API: one host for each region, and Knative's resources. https://cloud.google.com/run/docs/reference/rest/v1 */
const routes: Route[] = [
    ...both("GET", "", "run.services.list", (request, call) => ({
        apiVersion: "serving.knative.dev/v1",
        kind: "ServiceList",
        metadata: {},
        items: services
            .list(call.cloud, parentOf(request, call.cloud))
            .filter(selectedBy(request.query.get("fieldSelector")))
            .map((service) => toKnative(service, call)),
    })),
    ...both("POST", "", "run.services.create", (request, call) => {
        const { name } = isObject(request.json.metadata) ? request.json.metadata : {};
        const full = `${homeOf(request, call)}/services/${String(name)}`;
        if (services.find(call.cloud, full)) {
            throw new ApiError("ALREADY_EXISTS", `Resource '${String(name)}' already exists.`);
        }
        return deploy(request, call, full);
    }),
    ...both("GET", "/{service}", "run.services.get", (request, call) =>
        toKnative(services.get(call.cloud, serviceNameIn(request, call)), call),
    ),
    ...both("PUT", "/{service}", "run.services.update", (request, call) => {
        const name = serviceNameIn(request, call);
        checkOwn(services.get(call.cloud, name));
        return deploy(request, call, name);
    }),
    ...both("DELETE", "/{service}", "run.services.delete", (request, call) => {
        const name = serviceNameIn(request, call);
        checkOwn(services.get(call.cloud, name));
        const service = services.get(call.cloud, name);
        removeService(call, name);
        removeRegions(call, service, removeService);
        return { apiVersion: "v1", kind: "Status", status: "Success" };
    }),
    {
        verb: "GET",
        path: REVISIONS,
        permission: "run.revisions.list",
        parameters: LIST_PARAMETERS,
        resource: (request, cloud) => parentOf(request, cloud).replace("/locations/-", ""),
        handle(request, call) {
            const all = revisions.list(call.cloud, `${parentOf(request, call.cloud)}/services/-`);
            const knative = all.map((revision) => toKnativeRevision(revision, request.params.namespace ?? ""));
            const items = selected(knative, request.query);
            return { apiVersion: "serving.knative.dev/v1", kind: "RevisionList", metadata: {}, items };
        },
    },
    {
        verb: "GET",
        path: `${REVISIONS}/{revision}`,
        permission: "run.revisions.get",
        resource: (request, cloud) => parentOf(request, cloud),
        handle(request, call) {
            const { revision = "", namespace = "" } = request.params;
            const found = revisions
                .list(call.cloud, `${parentOf(request, call.cloud)}/services/-`)
                .find(({ name }) => shortName(name) === revision);
            if (!found) {
                throw notFound(revision);
            }
            return toKnativeRevision(found, namespace);
        },
    },
    {
        verb: "GET",
        path: "/v1/projects/{project}/locations",
        permission: "run.locations.list",
        // They are few: the whole list comes at once, whatever the size of a page.
        parameters: ["pageSize"],
        resource: ({ params }) => `projects/${params.project ?? ""}`,
        handle: ({ params: { project = "" } }) => ({
            locations: REGIONS.map((locationId) => ({
                name: `projects/${project}/locations/${locationId}`,
                locationId,
            })),
        }),
    },
    ...policyRoutes(
        servicePolicies,
        "/v1/{resource=projects/*/locations/*/services/*}",
        ({ resource = "" }) => resource,
        "google.cloud.run.v1.Services",
    ),
];

/** The older API is served on the hosts of the regions and on the host without a region. */
export const runV1: ApiDefinition[] = ["*-run.googleapis.com", "run.googleapis.com"].map((host) => ({
    host,
    routes: [...routes, ...jobRoutes, ...workerPoolRoutes, ...domainMappingRoutes],
    unverified: [
        "the older API of Cloud Run has services, jobs, worker pools, their grants and domains, no tasks, and of volumes those of secrets and memory",
        "the permissions of domain mappings are called after those of Knative, and no page of Google's names them",
    ],
}));

function serviceNameIn(request: RouteRequest, call: Pick<Call, "cloud">): string {
    return `${homeOf(request, call)}/services/${request.params.service ?? ""}`;
}

/** Where a service is. A host without a region has the multi-region services. */
const homeOf = (request: RouteRequest, { cloud }: Pick<Call, "cloud">): string =>
    parentOf(request, cloud).replace("/locations/-", "/locations/global");

/** The services of both forms of a path: Knative's namespaces, and Google's projects and locations. */
function both(
    verb: Route["verb"],
    suffix: "" | "/{service}",
    permission: string,
    handle: (request: RouteRequest, call: Call) => Json,
): Route[] {
    const resource: Route["resource"] = (request, cloud) =>
        suffix === "" ? parentOf(request, cloud).replace("/locations/-", "") : serviceNameIn(request, { cloud });
    return [NAMESPACE, PLACE].map((path) => ({
        verb,
        path: `${path}${suffix}`,
        permission,
        resourceType: "run.googleapis.com/Service",
        resource,
        audited: `google.cloud.run.v1.Services.${METHODS[verb] ?? ""}Service`,
        parameters:
            verb === "DELETE" ? DELETE_PARAMETERS : verb === "GET" && suffix === "" ? ["fieldSelector", "limit"] : [],
        handle,
    }));
}

/** By `multiRegionOnly` gcloud lists the multi-region services. @throws ApiError UNIMPLEMENTED for another selector */
function selectedBy(selector: string | null): (service: RunService) => boolean {
    if (selector !== null && selector !== "" && selector !== "multiRegionOnly") {
        throw unimplemented(`fieldSelector ${selector}: the sandbox selects by multiRegionOnly, and that`);
    }
    return (service) => selector !== "multiRegionOnly" || isGlobal(service);
}

function deploy(request: RouteRequest, call: Call, name: string): Json {
    // The request is checked as a request of the newer API.
    const message = protoOf("google.cloud.run.v2.Service");
    const wanted = print(message, parse(message, { ...fromKnative(request.json) }));
    const current = services.find(call.cloud, name);
    const service = deployService(call, name, checkedRegions(call.cloud, name, wanted, current));
    deployRegions(call, service, deployService, removeService);
    return toKnative(service, call);
}
