import type { Cloud } from "../../cloud";
import { projectId } from "../../iam";
import { unimplemented, type RouteRequest } from "../framework";

/** What a list of the older API may be asked for: the whole list comes at once, whatever its limit. */
export const LIST_PARAMETERS = ["labelSelector", "limit"];
/** What belongs to a resource is deleted with it, whatever a client asks for. */
export const DELETE_PARAMETERS = ["propagationPolicy"];

/**
 * The value of the one label by which a list can be selected; undefined if it is not.
 * @throws ApiError UNIMPLEMENTED where the list is selected by something else
 */
export function selectedBy(label: string, query: URLSearchParams): string | undefined {
    const selector = query.get("labelSelector") ?? "";
    const [, name, value] = /^\s*([^\s=!,]+)\s*==?\s*([^\s=!,]+)\s*$/.exec(selector) ?? [];
    if (selector !== "" && name !== label) {
        throw unimplemented(`labelSelector ${selector}: the sandbox selects by ${label}=NAME only, and that`);
    }
    return value;
}

/** The parent of what a request of the older API names: the region is in its host, or in its path. */
export function parentOf({ params: { namespace = "", location }, headers }: RouteRequest, cloud: Cloud): string {
    const byHost = /^([a-z]+-[a-z]+\d+)-run\./.exec(headers.host ?? "")?.[1];
    return `projects/${projectId(namespace, cloud.settings, cloud.store)}/locations/${location ?? byHost ?? "-"}`;
}
