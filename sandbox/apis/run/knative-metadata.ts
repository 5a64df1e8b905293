import { defined } from "../../../common";
import { projectNumberOf } from "../../iam";
import { nameParts, shortName, type Call } from "../framework";

/** The version of the older API for what Knative does not have: jobs and worker pools. */
export const RUN_V1 = "run.googleapis.com/v1";

/** What every resource of Cloud Run has that the older API shows as metadata. */
interface Described {
    name: string;
    uid?: string;
    etag?: string;
    createTime?: string;
    generation?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
}

/** The metadata of a resource as the older API shows them. */
export function metadataOf(resource: Described, { cloud }: Call) {
    const { projects: project = "", locations = "" } = nameParts(resource.name);
    return {
        name: shortName(resource.name),
        namespace: projectNumberOf(project, cloud.settings, cloud.store),
        ...defined({
            uid: resource.uid,
            resourceVersion: resource.etag,
            creationTimestamp: resource.createTime,
            annotations: resource.annotations,
        }),
        generation: Number(resource.generation ?? 1),
        labels: { ...resource.labels, "cloud.googleapis.com/location": locations },
    };
}
