import { defined, REGIONS } from "../../../common";
import { projectId, projectNumberOf } from "../../iam";
import { makeDefaultAccount } from "../act-as";
import { notFound, page, type Json, type Route, type RouteRequest } from "../framework";

const onProject = ({ params }: RouteRequest): string => `projects/${params.project ?? ""}`;

function region(project: string, name: string): Json {
    const base = `https://www.googleapis.com/compute/v1/projects/${project}`;
    return {
        kind: "compute#region",
        id: String(1000 + REGIONS.indexOf(name) * 10),
        name,
        description: name,
        status: "UP",
        selfLink: `${base}/regions/${name}`,
        zones: ["b", "c", "d"].map((zone) => `${base}/zones/${name}-${zone}`),
    };
}

/** The regions and the project. The provider compares its region with the list, by v1; it asks for the rest by beta. */
export function placeRoutes(version: string): Route[] {
    const path = `/compute/${version}/projects/{project}`;
    return [
        {
            verb: "GET",
            path: `${path}/regions`,
            permission: "compute.regions.list",
            // All regions can be reached.
            parameters: ["maxResults", "pageToken", "returnPartialSuccess"],
            resource: onProject,
            handle({ params: { project = "" }, query }) {
                const regions = REGIONS.map((name) => region(project, name));
                const asked = {
                    pageSize: Number(query.get("maxResults") ?? 0),
                    ...defined({ pageToken: query.get("pageToken") ?? undefined }),
                };
                return {
                    kind: "compute#regionList",
                    id: `projects/${project}/regions`,
                    ...page("items", regions, asked),
                };
            },
        },
        {
            verb: "GET",
            path: `${path}/regions/{region}`,
            permission: "compute.regions.get",
            resource: onProject,
            handle({ params: { project = "", region: name = "" } }) {
                if (!REGIONS.includes(name)) {
                    throw notFound(`projects/${project}/regions/${name}`);
                }
                return region(project, name);
            },
        },
        {
            verb: "GET",
            path,
            permission: "compute.projects.get",
            resource: onProject,
            handle({ params: { project = "" } }, { cloud }) {
                const { settings, store } = cloud;
                const id = projectId(project, settings, store);
                return {
                    kind: "compute#project",
                    id: projectNumberOf(id, settings, store),
                    name: id,
                    defaultServiceAccount: makeDefaultAccount(id, cloud),
                    selfLink: `https://www.googleapis.com/compute/v1/projects/${id}`,
                };
            },
        },
    ];
}
