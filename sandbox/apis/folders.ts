import { ancestorsOf, folderCollection, projectCollection } from "../iam";
import type { Cloud, Route } from "../cloud";
import { invalidArgument, notFound, policyRoutes, typed, type Json, type Methods } from "./framework";

const HOST = "cloudresourcemanager.googleapis.com";

/** The three methods of policies, on folders and organizations. https://cloud.google.com/resource-manager/reference/rest/v3 */
const policies = (["folders", "organizations"] as const).flatMap((kind) =>
    policyRoutes(
        {
            host: HOST,
            permissions: `resourcemanager.${kind}`,
            resourceType: `${HOST}/${kind === "folders" ? "Folder" : "Organization"}`,
            getVerb: "POST",
            mustExist: checkContainer,
        },
        `/v3/${kind}/{id}`,
        ({ id = "" }) => `${kind}/${id}`,
    ),
);

/**
 * Folders, and the one organization that they lie in. A project lies in none of them until somebody moves it there, as a project
 * of a person without an organization.
 */
export const folderRoutes: Route[] = [
    {
        verb: "POST",
        path: "/v3/folders",
        permission: "resourcemanager.folders.create",
        resource: ({ json }) => String(json["parent"]),
        audited: "google.cloud.resourcemanager.v3.Folders.CreateFolder",
        handle({ json: { parent, displayName } }, { cloud, time }) {
            checkContainer(cloud, String(parent));
            const name = `folders/${String(cloud.store.list(folderCollection).length + 1).padStart(12, "1")}`;
            const folder = { name, parent, displayName, state: "ACTIVE", createTime: time };
            cloud.store.put(folderCollection, name, folder);
            return { done: true, response: folder };
        },
    },
    {
        verb: "GET",
        path: "/v3/folders/{id}",
        permission: "resourcemanager.folders.get",
        resource: ({ params }) => `folders/${params.id ?? ""}`,
        handle({ params: { id = "" } }, { cloud }) {
            checkContainer(cloud, `folders/${id}`);
            return cloud.store.get(folderCollection, `folders/${id}`) as Json;
        },
    },
    ...policies,
];

/** Moves a project to a folder or an organization. */
export const moveProject: NonNullable<Methods<"google.cloud.resourcemanager.v3.Projects">["MoveProject"]> = {
    permission: "resourcemanager.projects.move",
    resource: ({ name, destinationParent }) => destinationParent || name,
    handle({ name, destinationParent: parent }, { cloud }) {
        checkContainer(cloud, parent);
        cloud.store.put(projectCollection, name, { ...(cloud.store.get(projectCollection, name) as Json), parent });
        return { done: true, response: typed("google.cloud.resourcemanager.v3.Project", { name, parent }) };
    },
};

/** What a project lies in, as `projects.getAncestry` answers it, the nearest first. */
export function ancestorsIn(cloud: Cloud, project: string): { resourceId: { type: string; id: string } }[] {
    return ancestorsOf(`projects/${project}`, cloud.store).map((name) => {
        const [kind = "", id = ""] = name.split("/");
        return { resourceId: { type: kind.replace(/s$/, ""), id } };
    });
}

/** @throws ApiError for what is neither an organization nor a folder that was made */
function checkContainer({ store }: Cloud, resource: string): void {
    const name = resource.replace(/^\/\/[^/]+\//, "");
    if (!/^(folders|organizations)\/[^/]+$/.test(name)) {
        throw invalidArgument(`"${name}" is no folder or organization: folders/NUMBER, organizations/NUMBER`, "parent");
    }
    if (!/\/\d+$/.test(name) || (name.startsWith("folders/") && store.get(folderCollection, name) === undefined)) {
        throw notFound(name);
    }
}
