import { REGIONS, regionProblem } from "../../../common";
import { ApiError, type HttpBinding, type Json } from "../../cloud";
import { message } from "./descriptors";
import { notFound } from "./errors";
import { selected } from "./filters";
import { page } from "./resources";
import type { Methods } from "./types";

/** APIs whose resources are in regions alone. Those of others may be in several, such as `eu`. */
const REGIONAL = /^(cloudfunctions|cloudscheduler|cloudtasks|run|vpcaccess|workflows)\./;
const MULTIPLE = /^(-|global|us|eu|europe|asia)$/;

/**
 * Checks the location of a resource that is to be made. Google says the same of a location that does not exist and of one that
 * is closed to a project; what follows is the sandbox's own.
 * @param permission of the method; those that make nothing pass
 * @param parent `projects/P/locations/L`; another name passes
 * @throws ApiError PERMISSION_DENIED
 */
export function checkLocation(
    permission: string | undefined,
    host: string,
    parent: string | undefined,
    regions: readonly string[] = [],
): void {
    if (parent === undefined || permission?.endsWith(".create") !== true) {
        return;
    }
    const id = /^projects\/[^/]+\/locations\/([^/]+)$/.exec(parent)?.[1];
    // A service of Cloud Run in several regions is in none of them. https://cloud.google.com/run/docs/multiple-regions#deploy
    const isMultiRegion = id === "global" && permission === "run.services.create";
    if (id === undefined || isMultiRegion || (MULTIPLE.test(id) && (id === "-" || !REGIONAL.test(host)))) {
        return;
    }
    const problem = regionProblem(id, { regions });
    if (problem !== undefined) {
        throw new ApiError(
            "PERMISSION_DENIED",
            `Permission denied on 'locations/${id}' (or it may not exist): ${problem}.`,
        );
    }
}

function location(project: string, id: string): Json {
    const name = `${project}/locations/${id}`;
    return { name, locationId: id, labels: { "cloud.googleapis.com/region": id } };
}

/** The service `google.cloud.location.Locations`: the regions, the same for each API. */
export function locationMethods(...versions: string[]): Methods<"google.cloud.location.Locations"> {
    const http = (path: string): HttpBinding[] =>
        versions.map((version) => ({ verb: "GET", path: `/${version}/${path}` }));
    return {
        ListLocations: {
            permission: undefined,
            http: http("{name=projects/*}/locations"),
            handle: (request) =>
                page(
                    "locations",
                    selected(
                        message("google.cloud.location.Location"),
                        REGIONS.map((id) => location(request.name, id)),
                        request,
                    ),
                    request,
                ),
        },
        GetLocation: {
            permission: undefined,
            http: http("{name=projects/*/locations/*}"),
            handle({ name }) {
                const [project = "", id = ""] = name.split("/locations/");
                if (!REGIONS.includes(id)) {
                    throw notFound(name);
                }
                return location(project, id);
            },
        },
    };
}
