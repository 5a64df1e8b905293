import { isObject } from "../../common";
import type { Unread } from "./gateway";

type Json = Record<string, unknown>;

/** Reads a resource of Google's by its URL; the status if it cannot be read. */
export type Read = (url: string) => Promise<Json | number>;

/** The container of a service that is read here. */
interface Container {
    image?: string;
    env?: { name?: string; value?: string }[];
    ports?: unknown[];
    command?: unknown[];
    args?: unknown[];
}

/** Which configuration a proxy serves: one that was fixed when it was deployed, or else the one that is rolled out. */
export interface Served {
    service: string;
    config?: string;
}

/** https://cloud.google.com/endpoints/docs/openapi/set-up-cloud-run-espv2: the tag of an image with a configuration in it names both. */
const IMAGE = /\/endpoints-runtime-serverless(?:[:@]|$)/;
const BUILT_IN = /:[\d.]+-([a-z0-9.-]+)-(\d{4}-\d\d-\d\dr\d+)$/;

/** Flags by which ESPv2 serves another configuration: https://cloud.google.com/endpoints/docs/openapi/specify-esp-v2-startup-options */
const OTHER_CONFIGURATION = /--(service|version|rollout_strategy=fixed|service_json_path|server_config_dir|non_gcp)\b/;

/** What receives the requests: the only container, or the one that has a port. https://docs.cloud.google.com/run/docs/deploying#sidecars */
function receivingContainer(template: unknown): Container {
    const containers = listIn(objectIn(template)["containers"]) as Container[];
    return (containers.length > 1 ? containers.find(({ ports = [] }) => ports.length > 0) : containers[0]) ?? {};
}

/** The image of a Cloud Run service that is ESPv2, by the image's name or by its variable, as far as its newest revision tells. */
export function proxyImage(description: unknown): string | undefined {
    const { image = "", env = [] } = receivingContainer(objectIn(description)["template"]);
    return IMAGE.test(image) || env.some(({ name }) => name === "ENDPOINTS_SERVICE_NAME") ? image : undefined;
}

/**
 * Which configurations the revisions serve that requests reach, or why that cannot be told. An older revision is reached by a share
 * of the requests, or by the address of a tag.
 * @param image the image that they must run; by default any that has the name of ESPv2's
 */
export async function servedBy(
    service: Json,
    resource: string,
    read: Read,
    image: string | undefined,
): Promise<Served[] | Unread> {
    const found: Served[] = [];
    for (const name of revisionsOf(service)) {
        const what = name === undefined ? "it" : `its revision ${name}`;
        const revision = name === undefined ? service["template"] : await read(`${resource}/revisions/${name}`);
        if (typeof revision === "number") {
            return { status: revision, what: `its revision ${name ?? ""}`, needs: "roles/run.viewer" };
        }
        const container = receivingContainer(revision);
        const runs = container.image ?? "";
        if (image === undefined ? !IMAGE.test(runs) : runs !== image) {
            const instead = image === undefined ? "which has not the name of ESPv2" : `and not ${image}`;
            return { problem: `${what} runs the image ${runs}, ${instead}` };
        }
        const served = servedIn(container);
        if (typeof served === "string") {
            return { status: 0, what: `which configuration ${what} serves is not known: ${served}`, needs: "" };
        }
        found.push(served);
    }
    return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

/** The revisions that requests reach, by their names; undefined for the newest one, which the service itself describes. */
function revisionsOf({ traffic, latestReadyRevision, latestCreatedRevision }: Json): (string | undefined)[] {
    const newest = shortName(latestReadyRevision);
    // While a newer revision is not ready, the service describes that one.
    const latest = latestCreatedRevision === latestReadyRevision ? undefined : newest;
    const reached = listIn(traffic).map((each) => {
        const { revision } = objectIn(each);
        const name = shortName(revision);
        return name === "" || name === newest ? latest : name;
    });
    return [...new Set(reached.length === 0 ? [latest] : reached)];
}

/** https://github.com/GoogleCloudPlatform/esp-v2/blob/master/docker/serverless/env_start_proxy.py */
function servedIn({ image = "", env = [], command = [], args = [] }: Container): Served | string {
    const variable = (wanted: string): string | undefined => env.find(({ name }) => name === wanted)?.value;
    const isSet = (wanted: string): boolean => env.some(({ name }) => name === wanted);
    const [flag] = OTHER_CONFIGURATION.exec(variable("ESPv2_ARGS") ?? "") ?? [];
    const isHidden = isSet("ESPv2_ARGS") && variable("ESPv2_ARGS") === undefined;
    const [, named, built] = BUILT_IN.exec(image) ?? [];
    const [service, config] = [variable("ENDPOINTS_SERVICE_NAME"), variable("ENDPOINTS_SERVICE_VERSION")];
    const other = [
        flag,
        ...(["ENDPOINTS_SERVICE_PATH"].filter(isSet) as (string | undefined)[]),
        command.length + args.length > 0 ? "its command line" : undefined,
        isHidden ? "ESPv2_ARGS, whose value is a secret," : undefined,
    ].find((each) => each !== undefined);
    if (other !== undefined) {
        return `${other} can name another one than Service Management knows`;
    }
    const isWhole = config !== undefined || !isSet("ENDPOINTS_SERVICE_VERSION");
    if (service !== undefined && isWhole && HOST.test(service) && ID.test(config ?? "x")) {
        return { service, ...(config !== undefined && { config }) };
    }
    if (isSet("ENDPOINTS_SERVICE_NAME") || named === undefined || built === undefined) {
        return `neither its variables nor the tag of ${image} tell it`;
    }
    return { service: named, config: built };
}

/** The forms of the names, which become parts of an address. */
const HOST = /^[a-z0-9.-]+$/;
const ID = /^[\w.-]+$/;

const shortName = (name: unknown): string => (typeof name === "string" ? name.slice(name.lastIndexOf("/") + 1) : "");
const objectIn = (value: unknown): Json => (isObject(value) ? value : {});
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
