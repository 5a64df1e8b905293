import { same } from "../../values";
import type { Place } from "./place";

/** Whether two names name the same resource. Either may be short, and is then completed by the place. */
export function sameName(a: string, b: string, place: Place): boolean {
    const [one, other] = [segments(a), segments(b)];
    if (same(one, other)) {
        return true;
    }
    if (one.length > 1 && other.length > 1) {
        return (
            one.length === other.length &&
            one.every((part, at) => part === other[at] || sameProject(one, other, at, place))
        );
    }
    const [full, [short]] = one.length > 1 ? [one, other] : [other, one];
    if (full.length < 2 || short === undefined || full.at(-1) !== short) {
        return false;
    }
    return full.slice(0, -1).every((part, at, parents) => {
        const collection = parents[at - 1];
        if (at % 2 === 0 || collection === undefined) {
            return true;
        }
        // `-` and `_` take the place of the project in names of service accounts and of buckets, which are unique without it.
        return collection === "projects"
            ? part === "-" || part === "_" || full.at(-2) === "serviceAccounts" || place.projects.includes(part)
            : !/^(locations|regions)$/.test(collection) || part === place.location;
    });
}

/**
 * Whether a segment of two names is the same project, which may be named by its ID or its number. In the names of service
 * accounts, whose addresses contain the project, it may also be `-`.
 */
function sameProject(one: string[], other: string[], at: number, place: Place): boolean {
    if (one[at - 1] !== "projects") {
        return false;
    }
    const [a = "", b = ""] = [one[at], other[at]];
    const account = one.at(-2) === "serviceAccounts";
    return (account && (a === "-" || b === "-")) || (place.projects.includes(a) && place.projects.includes(b));
}

/** The segments of a name, without the host and the version of the API that some fields put before them. */
function segments(name: string): string[] {
    const relative = /^(?:https?:)?\/\/[^/]+\/(?:.*?\/)?(projects\/.*)$/.exec(name)?.[1] ?? name;
    const bucket = /^b\/([^/]+)$/.exec(relative)?.[1];
    return bucket === undefined ? relative.split("/") : [bucket];
}
