import { regionProblem } from "../../../common";
import { ApiError, type Call, type Cloud, type Json, type Route } from "../../cloud";
import { memberOf } from "../../iam";
import { numericId, uid } from "../framework";
import { linkOf, missing, partsOf } from "./links";

const COLLECTION = "compute.operations";
/** How many are kept. All are done at once, so that a client has no reason to ask for an old one. */
const KEPT = 200;

/** Answers a change as Compute Engine does: by an operation, which is done already. */
export function done({ cloud, time, principal }: Call, key: string, targetId: unknown, operationType: string): Json {
    const { project, region } = partsOf(key);
    const place = region === undefined ? "global" : `regions/${region}`;
    const name = `operation-${cloud.clock.now()}-${uid()}`;
    const path = `projects/${project}/${place}/operations/${name}`;
    const operation = {
        kind: "compute#operation",
        id: numericId(19),
        name,
        operationType,
        targetLink: linkOf(key),
        targetId,
        status: "DONE",
        user: memberOf(principal).replace(/^[^:]+:/, ""),
        progress: 100,
        insertTime: time,
        startTime: time,
        endTime: time,
        selfLink: linkOf(path),
        ...(region !== undefined && { region: linkOf(`projects/${project}/regions/${region}`) }),
    };
    cloud.store.put(COLLECTION, path, operation);
    const all = cloud.store.list(COLLECTION).map(([known]) => known);
    const byAge = all.sort((a, b) => (a.slice(a.lastIndexOf("/")) < b.slice(b.lastIndexOf("/")) ? -1 : 1));
    byAge.slice(0, Math.max(0, all.length - KEPT)).forEach((old) => cloud.store.delete(COLLECTION, old));
    return operation;
}

/** The operations of one place: to read one, and to wait until it is done, which it is. */
export const operationRoutes: readonly Route[] = (["global", "regions/{region}"] as const).flatMap((place) => {
    const path = `/compute/{version}/projects/{project}/${place}/operations/{name}`;
    const permission = place === "global" ? "compute.globalOperations.get" : "compute.regionOperations.get";
    return (["GET", "POST"] as const).map((verb): Route => ({
        verb,
        path: verb === "GET" ? path : `${path}/wait`,
        permission,
        resource: ({ params: { project = "" } }) => `projects/${project}`,
        handle({ params: { project = "", region, name = "" } }, { cloud }) {
            const at = region === undefined ? "global" : `regions/${region}`;
            const key = `projects/${project}/${at}/operations/${name}`;
            const found = cloud.store.get(COLLECTION, key) as Json | undefined;
            if (!found) {
                throw missing(key);
            }
            return found;
        },
    }));
});

/** @throws ApiError INVALID_ARGUMENT */
export function checkRegionName(region: string, { settings }: Cloud): void {
    const problem = regionProblem(region, settings);
    if (problem !== undefined) {
        throw new ApiError(
            "INVALID_ARGUMENT",
            `Invalid value for field 'region': '${region}'. Unknown region: ${problem}.`,
        );
    }
}
