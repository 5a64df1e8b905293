import type { Cloud } from "../cloud";
import { projectNumberOf, serviceAgent } from "../iam";
import { makeDefaultAccount } from "./act-as";
import {
    createOperations,
    invalidArgument,
    isEnabled,
    knownApis,
    page,
    setEnabled,
    typed,
    type ApiDefinition,
    type Call,
    type Json,
    type Methods,
} from "./framework";

const TYPE = "serviceusage.googleapis.com/Service";
const operations = createOperations("serviceusage", ["v1", "v1beta1"], "serviceusage.operations.get");
/** Service agents whose accounts do not have the name of their API. */
const AGENTS: Record<string, string> = {
    "cloudfunctions.googleapis.com": "gcf-admin-robot",
    "run.googleapis.com": "serverless-robot-prod",
};

type Named = { name: string };

const onProject = ({ name }: Named): string => `projects/${split(name).project}`;

/** The methods on services of a project. */
const usage = {
    EnableService: {
        permission: "serviceusage.services.enable",
        resource: onProject,
        resourceType: TYPE,
        handle({ name }, call) {
            const service = turn(call, name, true);
            const response = typed("google.api.serviceusage.v1.EnableServiceResponse", { service });
            return operations.done(call, "", response);
        },
    },
    BatchEnableServices: {
        permission: "serviceusage.services.enable",
        handle({ parent, serviceIds = [] }, call) {
            if (serviceIds.length > 20) {
                throw invalidArgument("at most 20 services can be enabled at once", "service_ids");
            }
            const services = serviceIds.map((id) => turn(call, `${parent}/services/${id}`, true));
            const response = typed("google.api.serviceusage.v1.BatchEnableServicesResponse", { services });
            return operations.done(call, "", response);
        },
    },
    DisableService: {
        permission: "serviceusage.services.disable",
        resource: onProject,
        resourceType: TYPE,
        handle({ name }, call) {
            const service = turn(call, name, false);
            const response = typed("google.api.serviceusage.v1.DisableServiceResponse", { service });
            return operations.done(call, "", response);
        },
    },
    BatchGetServices: {
        permission: "serviceusage.services.get",
        handle({ parent, names = [] }, { cloud }) {
            const foreign = names.find((name) => !name.startsWith(`${parent}/`));
            if (foreign !== undefined) {
                throw invalidArgument(`the name "${foreign}" does not begin with the parent ${parent}`, "names");
            }
            return { services: names.map((name) => resource(cloud, name)) };
        },
    },
    GetService: {
        permission: "serviceusage.services.get",
        resource: onProject,
        resourceType: TYPE,
        handle: ({ name }, { cloud }) => resource(cloud, name),
    },
    ListServices: {
        permission: "serviceusage.services.list",
        handle(request, { cloud }) {
            const wanted = /^state:(ENABLED|DISABLED)$/.exec(request.filter ?? "")?.[1];
            if (request.filter && wanted === undefined) {
                throw invalidArgument(
                    `the filter ${request.filter} is not known; state:ENABLED and state:DISABLED are`,
                    "filter",
                );
            }
            const all = knownApis(cloud, request.parent.slice("projects/".length)).map((api) =>
                resource(cloud, `${request.parent}/services/${api}`),
            );
            return page(
                "services",
                all.filter(({ state }) => wanted === undefined || state === wanted),
                request,
            );
        },
    },
} satisfies Methods<"google.api.serviceusage.v1.ServiceUsage">;

/** https://cloud.google.com/service-usage/docs/reference/rest */
export const serviceusage: ApiDefinition = {
    host: "serviceusage.googleapis.com",
    unverified: [
        "an API that is disabled refuses calls for the project of the resource; Google looks at the caller's project",
    ],
    services: {
        "google.api.serviceusage.v1.ServiceUsage": usage,
        "google.api.serviceusage.v1beta1.ServiceUsage": {
            // The provider asks for these at the same version as for identities.
            EnableService: usage.EnableService,
            DisableService: usage.DisableService,
            GetService: usage.GetService,
            ListServices: usage.ListServices,
            BatchEnableServices: usage.BatchEnableServices,
            GenerateServiceIdentity: {
                permission: "serviceusage.services.enable",
                resource: ({ parent }) => onProject({ name: parent }),
                resourceType: TYPE,
                handle({ parent }, call) {
                    const { project, api } = split(parent);
                    const agent = AGENTS[api] ?? `gcp-sa-${api.replace(/\.googleapis\.com$/, "")}`;
                    const { email, uniqueId } = serviceAgent(call.cloud, project, agent);
                    const response = typed("google.api.serviceusage.v1beta1.ServiceIdentity", { email, uniqueId });
                    return operations.done(call, "", response);
                },
            },
        },
        "google.longrunning.Operations": operations.service,
    },
};

function split(name: string): { project: string; api: string } {
    const [, project = "", , api = ""] = name.split("/");
    return { project, api };
}

function resource(cloud: Cloud, name: string): Json {
    const { project, api } = split(name);
    const full = `projects/${projectNumberOf(project, cloud.settings, cloud.store)}`;
    return {
        name: `${full}/services/${api}`,
        parent: full,
        config: { name: api },
        state: isEnabled(cloud, project, api) ? "ENABLED" : "DISABLED",
    };
}

/** @throws ApiError INVALID_ARGUMENT if the name is that of no API */
function turn(call: Call, name: string, enabled: boolean): Json {
    const { project, api } = split(name);
    if (!/^[a-z0-9][-a-z0-9]*(\.[-a-z0-9]+)+$/.test(api)) {
        throw invalidArgument(`"${api}" is no service: it is called like run.googleapis.com`, "name");
    }
    setEnabled(call.cloud, project, api, enabled);
    if (enabled && api === "compute.googleapis.com") {
        makeDefaultAccount(project, call.cloud);
    }
    return resource(call.cloud, name);
}
