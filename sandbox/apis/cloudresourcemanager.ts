import { ApiError, type Cloud } from "../cloud";
import { defined } from "../../common";
import { ancestorsOf, projectNumberOf } from "../iam";
import { ancestorsIn, folderRoutes, moveProject } from "./folders";
import {
    compileFilter,
    isObject,
    page,
    policyMethods,
    policyRoutes,
    type ApiDefinition,
    type Call,
    type FieldReaders,
    type Json,
} from "./framework";

const HOST = "cloudresourcemanager.googleapis.com";
const TYPE = "cloudresourcemanager.googleapis.com/Project";
const policies = { host: HOST, permissions: "resourcemanager.projects", resourceType: TYPE, getVerb: "POST" as const };

/** https://cloud.google.com/resource-manager/reference/rest: v1, which has no proto, and v3. */
export const cloudresourcemanager: ApiDefinition = {
    host: HOST,
    scopes: ["https://www.googleapis.com/auth/cloud-platform.read-only"],
    routes: [
        {
            verb: "GET",
            path: "/v1/projects",
            permission: undefined,
            parameters: ["filter", "pageSize", "pageToken"],
            handle: ({ query }, call) => {
                const found = projectsOf(call).map((id) => projectV1(call.cloud, id));
                const [filter = "", pageToken] = [query.get("filter"), query.get("pageToken")].map(
                    (t) => t ?? undefined,
                );
                const pageSize = Number(query.get("pageSize") ?? 0);
                const asked = found.filter(compileFilter(filter, PROJECT_FIELDS));
                return page("projects", asked, { pageSize, ...defined({ pageToken }) });
            },
        },
        {
            verb: "GET",
            path: "/v1/projects/{project}",
            permission: "resourcemanager.projects.get",
            resourceType: TYPE,
            resource: ({ params }) => `projects/${params.project ?? ""}`,
            handle: ({ params }, { cloud }) => projectV1(cloud, idOf(cloud, params.project ?? "")),
        },
        {
            verb: "POST",
            path: "/v1/projects/{project}:getAncestry",
            permission: "resourcemanager.projects.get",
            resourceType: TYPE,
            resource: ({ params }) => `projects/${params.project ?? ""}`,
            handle: ({ params }, { cloud }) => ({
                ancestor: [
                    { resourceId: { type: "project", id: idOf(cloud, params.project ?? "") } },
                    ...ancestorsIn(cloud, idOf(cloud, params.project ?? "")),
                ],
            }),
        },
        ...policyRoutes(policies, "/v1/projects/{project}", ({ project: id = "" }) => `projects/${id}`),
        ...folderRoutes,
    ],
    services: {
        "google.cloud.resourcemanager.v3.Projects": {
            MoveProject: moveProject,
            GetProject: {
                permission: "resourcemanager.projects.get",
                resourceType: TYPE,
                handle: ({ name }, { cloud }) => projectV3(cloud, name),
            },
            SearchProjects: {
                permission: undefined,
                handle(request, call) {
                    const found = projectsOf(call).map((id) => projectV3(call.cloud, id));
                    return page("projects", found.filter(compileFilter(request.query ?? "", PROJECT_FIELDS)), request);
                },
            },
            CreateProject: {
                permission: undefined,
                handle() {
                    throw new ApiError(
                        "UNIMPLEMENTED",
                        "the sandbox creates no projects: unless sandbox.yaml names its projects, every project exists that a request names",
                    );
                },
            },
            ...policyMethods(policies),
        },
    },
};

/** The projects that are there whatever requests name, as far as the caller may see them. */
function projectsOf({ cloud, principal }: Call): string[] {
    const { project: own, projects = [] } = cloud.settings;
    return [...new Set([own, ...projects])].filter(
        (id) =>
            cloud.iam.evaluate({
                principal,
                permission: "resourcemanager.projects.get",
                resource: `//${HOST}/projects/${id}`,
            }).allowed,
    );
}

const texts = (...values: unknown[]): string[] => values.filter((value) => typeof value === "string");
const stateOf = ({ state, lifecycleState }: Json): string[] => texts(state, lifecycleState);
const parentOf = ({ parent }: Json, rest: string): string[] => {
    const [type, id] = isObject(parent) ? texts(parent.type, parent.id) : texts(parent).join().split("/");
    return rest === "id" ? texts(id) : rest === "type" ? texts(type?.replace(/s$/, "")) : texts(parent);
};

/** The fields of a search, of which the names at the top are in any case. https://cloud.google.com/resource-manager/reference/rest/v3/projects/search */
const PROJECT_FIELDS: FieldReaders<Json> = {
    displayName: ({ displayName, name }) => texts(displayName ?? name),
    name: ({ displayName, name }) => texts(displayName ?? name),
    id: ({ projectId }) => texts(projectId),
    projectId: ({ projectId }) => texts(projectId),
    projectNumber: ({ projectNumber }) => texts(projectNumber),
    state: stateOf,
    lifecycleState: stateOf,
    parent: parentOf,
    // Projects here have no labels.
    labels: () => [],
};

/** A project of a sandbox: the one that it started with exists, and any other exists as soon as a request names it. */
function project(cloud: Cloud, id: string): { projectId: string; projectNumber: string; createTime: string } {
    const stored = cloud.store.get("cloudresourcemanager.projects", `projects/${id}`) as
        | { createTime?: string }
        | undefined;
    return {
        projectId: id,
        projectNumber: projectNumberOf(id, cloud.settings, cloud.store),
        createTime: stored?.createTime ?? "2024-01-01T00:00:00Z",
    };
}

function projectV1(cloud: Cloud, id: string): Json {
    const [parent] = ancestorsIn(cloud, id);
    return { ...project(cloud, id), name: id, lifecycleState: "ACTIVE", ...(parent && { parent: parent.resourceId }) };
}

function projectV3(cloud: Cloud, name: string): Json {
    const { projectId, projectNumber, createTime } = project(cloud, name.replace(/^projects\//, ""));
    const [parent] = ancestorsOf(`projects/${projectId}`, cloud.store);
    const own = { name: `projects/${projectNumber}`, projectId, displayName: projectId, state: "ACTIVE", createTime };
    return { ...own, ...defined({ parent }) };
}

/** The ID of a project that a path names by its ID or its number. */
function idOf(cloud: Cloud, named: string): string {
    return named === cloud.settings.projectNumber ? cloud.settings.project : named;
}
