import type { Cloud, Json, RouteRequest } from "../../cloud";
import { Resources } from "../framework";

/** Which configurations answer which share of the requests. */
export interface Rollout extends Json {
    rolloutId: string;
    createTime: string;
    createdBy: string;
    status: "SUCCESS";
    serviceName: string;
    trafficPercentStrategy: { percentages: Record<string, number> };
}

/** A service of Cloud Endpoints, with all of its configurations and rollouts. */
export interface ManagedService extends Json {
    serviceName: string;
    producerProjectId: string;
    /** The document of each configuration, in base64, by its ID, from the oldest to the newest. */
    documents: Record<string, string>;
    /** From the oldest to the newest: the newest one is in effect. */
    rollouts: Rollout[];
}

export const managed = new Resources<ManagedService>("servicemanagement.services");

/** The service that the path of a request names. */
export const found = ({ params: { service = "" } }: RouteRequest, cloud: Cloud): ManagedService =>
    managed.get(cloud, service);

/**
 * The configuration that proxies serve: of the newest rollout, the one with the largest share. ESPv2 splits no requests.
 * https://github.com/GoogleCloudPlatform/esp-v2/blob/master/src/go/serviceconfig/service_config_fetcher.go
 */
export function servedConfig({ rollouts }: ManagedService): string | undefined {
    const { percentages = {} } = rollouts.at(-1)?.trafficPercentStrategy ?? {};
    return Object.entries(percentages).sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** An ID of the form that Google makes: the date, and a number that is new on that day. */
export function datedId(cloud: Cloud, known: readonly string[]): string {
    const date = new Date(cloud.clock.now()).toISOString().slice(0, 10);
    const numbers = known.flatMap((id) => (id.startsWith(`${date}r`) ? [Number(id.slice(date.length + 1))] : []));
    return `${date}r${Math.max(-1, ...numbers.filter(Number.isInteger)) + 1}`;
}
