import { objectOf } from "./knative-containers";
import type { Cloud } from "../../cloud";
import { projectId } from "../../iam";
import { invalidArgument, unimplemented, type Json, type RouteRequest } from "../framework";

/** What a list of the older API may be asked for: the whole list comes at once, whatever its limit. */
export const LIST_PARAMETERS = ["labelSelector", "limit"];
/** What belongs to a resource is deleted with it, whatever a client asks for. */
export const DELETE_PARAMETERS = ["propagationPolicy"];

/**
 * The items of a list whose labels are as `labelSelector` says: `a=b`, `a!=b`, `a` and `!a`, joined by commas.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 * @throws ApiError UNIMPLEMENTED for a selector by sets
 */
export function selected(items: readonly Json[], query: URLSearchParams): Json[] {
    const selector = (query.get("labelSelector") ?? "").trim();
    const terms = selector === "" ? [] : selector.split(",").map((term) => termOf(term.trim()));
    return items.filter((item) => {
        const labels = objectOf(objectOf(item.metadata).labels);
        return terms.every((holds) => holds(labels));
    });
}

function termOf(term: string): (labels: Json) => boolean {
    const [, not, name = "", sign, value = ""] = /^(!?)([^\s=!()]+)(?:\s*(==?|!=)\s*([^\s=!()]*))?$/.exec(term) ?? [];
    if (name === "" || (not === "!" && sign !== undefined)) {
        throw unimplemented(
            `labelSelector ${term}: the sandbox selects by NAME=VALUE, NAME!=VALUE, NAME and !NAME, and that`,
        );
    }
    if (sign === undefined) {
        return (labels) => (labels[name] === undefined) === (not === "!");
    }
    return (labels) => (labels[name] === value) === (sign !== "!=");
}

/** The parent of what a request of the older API names: the region is in its host, or in its path. */
export function parentOf({ params: { namespace = "", location }, headers }: RouteRequest, cloud: Cloud): string {
    const byHost = /^([a-z]+-[a-z]+\d+)-run\./.exec(headers.host ?? "")?.[1];
    return `projects/${projectId(namespace, cloud.settings, cloud.store)}/locations/${location ?? byHost ?? "-"}`;
}

/**
 * The parent of what is to be made, which is in a region.
 * @throws ApiError INVALID_ARGUMENT if neither the host nor the path names one; the words are not Google's [K]
 */
export function regionOf(request: RouteRequest, cloud: Cloud): string {
    const parent = parentOf(request, cloud);
    if (parent.endsWith("/locations/-")) {
        throw invalidArgument(
            "the request names no region; send it to the host of one, such as us-east1-run.googleapis.com",
        );
    }
    return parent;
}
