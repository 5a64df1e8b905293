import type { Cloud } from "../../cloud";
import { projectId } from "../../iam";
import type { RouteRequest } from "../framework";

/** The parent of what a request of the older API names: the region is in its host, or in its path. */
export function parentOf({ params: { namespace = "", location }, headers }: RouteRequest, cloud: Cloud): string {
    const byHost = /^([a-z]+-[a-z]+\d+)-run\./.exec(headers.host ?? "")?.[1];
    return `projects/${projectId(namespace, cloud.settings, cloud.store)}/locations/${location ?? byHost ?? "-"}`;
}
