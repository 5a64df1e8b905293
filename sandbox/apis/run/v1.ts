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
    type ApiDefinition,
    type Call,
    type Json,
    type Route,
    type RouteRequest,
} from "../framework";
import { domainMappingRoutes } from "./domain-mappings";
import { jobRoutes } from "./v1-jobs";
import { revisions } from "./revisions";
import { DELETE_PARAMETERS, LIST_PARAMETERS, parentOf, selected } from "./v1-place";
import { services } from "./resource";
import { checkOwn } from "./multi-region";
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
        items: services.list(call.cloud, parentOf(request, call.cloud)).map((service) => toKnative(service, call)),
    })),
    ...both("POST", "", "run.services.create", (request, call) => {
        const { name } = isObject(request.json.metadata) ? request.json.metadata : {};
        const full = `${parentOf(request, call.cloud)}/services/${String(name)}`;
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
        removeService(call, name);
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
    routes: [...routes, ...jobRoutes, ...domainMappingRoutes],
    unverified: [
        "the older API of Cloud Run has services, jobs, their grants and domains, but no volumes and tasks",
        "the permissions of domain mappings are called after those of Knative, and no page of Google's names them",
    ],
}));

function serviceNameIn(request: RouteRequest, call: Pick<Call, "cloud">): string {
    return `${parentOf(request, call.cloud)}/services/${request.params.service ?? ""}`;
}

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
        parameters: verb === "DELETE" ? DELETE_PARAMETERS : verb === "GET" && suffix === "" ? ["limit"] : [],
        handle,
    }));
}

function deploy(request: RouteRequest, call: Call, name: string): Json {
    // The request is checked as a request of the newer API.
    const message = protoOf("google.cloud.run.v2.Service");
    const wanted = print(message, parse(message, { ...fromKnative(request.json) }));
    return toKnative(deployService(call, name, wanted), call);
}
