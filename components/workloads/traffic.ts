import type { input } from "@pulumi/gcp/types";
import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { defined } from "../../common";

/**
 * The share of the requests that a revision gets (https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration).
 * @example { revision: "orders-00007-abc", percent: 90, tag: "stable" }
 */
export interface TrafficShare {
    /** The name of the revision. @default - the newest revision */
    revision?: pulumi.Input<string>;
    /** How many of a hundred requests it gets. @default 0 */
    percent?: pulumi.Input<number>;
    /** A word that gives it a URL of its own: `https://TAG---orders-….run.app`. @default - it has none */
    tag?: pulumi.Input<string>;
}

/**
 * The shares as the provider takes them.
 * @throws ResourceError if they are not the whole traffic
 */
export function trafficOf(component: pulumi.Resource, shares: TrafficShare[]): input.cloudrunv2.ServiceTraffic[] {
    const known = shares.flatMap(({ percent = 0 }) => (typeof percent === "number" ? [percent] : []));
    const sum = known.reduce((total, percent) => total + percent, 0);
    if (known.length === shares.length && sum !== 100) {
        throw argumentError(component, "traffic", `is ${sum} percent in all; make it 100`);
    }
    return shares.map((share) => ({
        type: `TRAFFIC_TARGET_ALLOCATION_TYPE_${share.revision === undefined ? "LATEST" : "REVISION"}`,
        ...defined({ revision: share.revision, percent: share.percent, tag: share.tag }),
    }));
}
