import type { HttpBinding, Json } from "../../cloud";
import { message } from "./descriptors";
import { notFound } from "./errors";
import { selected } from "./filters";
import { page } from "./resources";
import type { Methods } from "./types";

/** Regions that the services of the sandbox run in: as Google lists them, not all. */
export const REGIONS = [
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
