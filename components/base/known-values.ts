import type * as pulumi from "@pulumi/pulumi";
import { unknownRegion, unknownRuntime } from "../../common";
import { log } from "./log";

/** What could be a region, if it is spelt well. */
const LIKE_A_REGION = /^[a-z]+-[a-z]+\d*$/;

/**
 * Warns of a region or a runtime that this version does not know, with the nearest that it knows. It is no error: Google Cloud may
 * have it by now.
 */
export function warnOfUnknown(
    component: pulumi.Resource,
    { location, runtime }: { location?: pulumi.Input<string> | undefined; runtime?: pulumi.Input<string> | undefined },
): void {
    const warn = (argument: string, problem: string | undefined): void => {
        if (problem !== undefined) {
            void log.warn(`${argument}: ${problem}`, component);
        }
    };
    if (typeof location === "string" && LIKE_A_REGION.test(location)) {
        warn("location", unknownRegion(location));
    }
    if (typeof runtime === "string" && runtime !== "") {
        warn("runtime", unknownRuntime(runtime));
    }
}
