import { notFound, type ApiDefinition, type Json } from "./framework";

/** Regions that the services of the sandbox run in: as Google lists them, not all. */
const REGIONS = [
    "asia-east1",
    "asia-northeast1",
    "asia-south1",
    "asia-southeast1",
    "australia-southeast1",
    "europe-north1",
    "europe-southwest1",
    "europe-west1",
    "europe-west2",
    "europe-west3",
    "europe-west4",
    "europe-west6",
    "europe-west8",
    "europe-west9",
    "me-west1",
    "northamerica-northeast1",
    "southamerica-east1",
    "us-central1",
    "us-east1",
    "us-east4",
    "us-east5",
    "us-south1",
    "us-west1",
    "us-west2",
    "us-west4",
];

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

/** Regions, which the provider checks its own against, and the project. https://cloud.google.com/compute/docs/reference/rest/v1 */
export const compute: ApiDefinition = {
    host: "compute.googleapis.com",
    scopes: ["https://www.googleapis.com/auth/compute", "https://www.googleapis.com/auth/compute.readonly"],
    routes: [
        {
            verb: "GET",
            path: "/compute/v1/projects/{project}/regions",
            permission: "compute.regions.list",
            resource: ({ params }) => `projects/${params.project ?? ""}`,
            handle: ({ params: { project = "" } }) => ({
                kind: "compute#regionList",
                id: `projects/${project}/regions`,
                items: REGIONS.map((name) => region(project, name)),
            }),
        },
        {
            verb: "GET",
            path: "/compute/v1/projects/{project}/regions/{region}",
            permission: "compute.regions.get",
            resource: ({ params }) => `projects/${params.project ?? ""}`,
            handle({ params: { project = "", region: name = "" } }) {
                if (!REGIONS.includes(name)) throw notFound(`projects/${project}/regions/${name}`);
                return region(project, name);
            },
        },
        {
            verb: "GET",
            path: "/compute/v1/projects/{project}",
            permission: "compute.projects.get",
            resource: ({ params }) => `projects/${params.project ?? ""}`,
            handle({ params: { project = "" } }, { cloud: { settings } }) {
                const id = project === settings.projectNumber ? settings.project : project;
                return {
                    kind: "compute#project",
                    id: settings.projectNumber,
                    name: id,
                    selfLink: `https://www.googleapis.com/compute/v1/projects/${id}`,
                };
            },
        },
    ],
};
