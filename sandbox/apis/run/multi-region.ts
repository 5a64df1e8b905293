import { regionProblem } from "../../../common";
import { ApiError, type Cloud } from "../../cloud";
import { type Call, invalidArgument, nameParts, uid } from "../framework";
import { type RunService, services } from "./resource";

const FIELD = "multi_region_settings.regions";
/** Whether a service has no region of its own. It then has no address either [K]. */
export const isGlobal = ({ name }: { name: string }): boolean => nameParts(name).locations === "global";
const regionsOf = ({ multiRegionSettings }: Partial<RunService>): string[] => multiRegionSettings?.regions ?? [];

/** The name of the service that a multi-region service has in a region. */
const inRegion = (name: string, region: string): string =>
    name.replace(/\/locations\/[^/]+\//, () => `/locations/${region}/`);

/**
 * Checks where a service is to be. One with regions is in the location `global`, and has a service in each of its regions.
 * https://cloud.google.com/run/docs/multiple-regions#deploy
 * @returns what is wanted, with the ID of the multi-region service if it is one
 * @throws ApiError INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS
 */
export function checkedRegions(
    cloud: Cloud,
    name: string,
    wanted: Partial<RunService>,
    current: RunService | undefined,
): Partial<RunService> {
    const { multiRegionId = uid() } = current?.multiRegionSettings ?? {};
    if (!isGlobal({ name })) {
        checkOwn(current);
        if (wanted.multiRegionSettings) {
            throw invalidArgument(`${FIELD}: a service with regions is made in the location global`, FIELD);
        }
        return wanted;
    }
    const regions = regionsOf(wanted);
    const wrong = regions.find((region) => regionProblem(region, cloud.settings) !== undefined);
    if (regions.length === 0 || wrong !== undefined || new Set(regions).size < regions.length) {
        const found = wrong === undefined ? "" : `; "${wrong}" is no region`;
        throw invalidArgument(
            `${FIELD}: a service in the location global names each of its regions once${found}`,
            FIELD,
        );
    }
    for (const region of regions) {
        const other = services.find(cloud, inRegion(name, region));
        if (other && other.multiRegionSettings?.multiRegionId !== multiRegionId) {
            throw new ApiError("ALREADY_EXISTS", `Resource '${other.name}' already exists.`);
        }
    }
    return { ...wanted, multiRegionSettings: { regions, multiRegionId } };
}

/** @throws ApiError FAILED_PRECONDITION if a service in a region belongs to a multi-region service, which alone can be changed [K] */
export function checkOwn(service: RunService | undefined): void {
    if (service?.multiRegionSettings && !isGlobal(service)) {
        const whole = inRegion(service.name, "global");
        throw new ApiError("FAILED_PRECONDITION", `${service.name} belongs to ${whole}; change that one`);
    }
}

/**
 * Makes, changes and removes what a multi-region service has in its regions. Each of these services has addresses and a policy of
 * its own, so that a grant in one region lets nobody in in another: gcloud too sets the policy of each region.
 * https://cloud.google.com/sdk/gcloud/reference/run/deploy#--regions
 */
export function deployRegions(
    call: Call,
    service: RunService,
    deploy: (call: Call, name: string, wanted: Partial<RunService>) => RunService,
    remove: (call: Call, name: string) => void,
): void {
    if (!isGlobal(service)) {
        return;
    }
    const { cloud } = call;
    const { multiRegionSettings, traffic: _, ...wanted } = service;
    for (const region of regionsOf(service)) {
        const made = deploy(call, inRegion(service.name, region), wanted);
        services.put(cloud, made.name, { ...made, ...(multiRegionSettings && { multiRegionSettings }) });
    }
    removeRegions(call, service, remove, regionsOf(service));
}

/** Removes the services of a multi-region service but those in the regions that it keeps. */
export function removeRegions(
    call: Call,
    { name, multiRegionSettings }: RunService,
    remove: (call: Call, name: string) => void,
    kept: string[] = [],
): void {
    const id = multiRegionSettings?.multiRegionId;
    const all = call.cloud.store.list(services.collection).map(([, value]) => value as RunService);
    for (const each of all) {
        const { locations: region = "" } = nameParts(each.name);
        const isOne = id !== undefined && each.multiRegionSettings?.multiRegionId === id && each.name !== name;
        if (isOne && !kept.includes(region)) {
            remove(call, each.name);
        }
    }
}
