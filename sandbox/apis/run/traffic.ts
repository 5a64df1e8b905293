import { defined } from "../../../common";
import type { Cloud } from "../../cloud";
import { invalidArgument, shortName, type Message } from "../framework";
import type { RunService } from "./resource";
import { revisions, templateOf } from "./revisions";

type Target = Message<"google.cloud.run.v2.TrafficTarget">;

const PINNED = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";
const LATEST: Target = { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 };
/** https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags: a tag is a part of a host name */
const TAG = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** The longest part of a host name. */
const LONGEST_LABEL = 63;

/**
 * The traffic of a service as it is kept, once it is checked. The words of the errors are not Google's [K].
 * https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services#TrafficTarget
 * @param made the revision that is being made, which traffic can name already
 * @throws ApiError INVALID_ARGUMENT
 */
export function checkedTraffic(cloud: Cloud, name: string, wanted: Target[] | undefined, made: string): Target[] {
    if (wanted === undefined || wanted.length === 0) {
        return [LATEST];
    }
    const no = (problem: string, at: number): Error => invalidArgument(`traffic[${at}]: ${problem}`, `traffic[${at}]`);
    const tags = new Set<string>();
    wanted.forEach(({ type, revision, tag, percent = 0 }, at) => {
        if (type === PINNED && !revision) {
            throw no(`a target of the type ${PINNED} needs a revision`, at);
        }
        if (revision && revision !== shortName(made) && !revisions.find(cloud, `${name}/revisions/${revision}`)) {
            throw no(`the revision "${revision}" was not found`, at);
        }
        if (percent < 0 || percent > 100) {
            throw no(`percent is ${percent}; it must be 0 to 100`, at);
        }
        if (!tag) {
            return;
        }
        if (!TAG.test(tag) || `${tag}---${shortName(name)}`.length > LONGEST_LABEL) {
            throw no(
                `the tag "${tag}" must have lower-case letters, digits and hyphens, begin with a letter, and fit into a host name`,
                at,
            );
        }
        if (tags.has(tag)) {
            throw no(`the tag "${tag}" is given twice`, at);
        }
        tags.add(tag);
    });
    const sum = wanted.reduce((total, { percent = 0 }) => total + percent, 0);
    if (sum !== 100) {
        throw invalidArgument(`traffic: the percentages have the sum ${sum}; it must be 100`, "traffic");
    }
    return wanted;
}

/** What a service says of its traffic: each target with the address of its tag. */
export function trafficStatuses(
    traffic: Target[],
    uri: string | undefined,
): NonNullable<RunService["trafficStatuses"]> {
    return traffic.map(({ type, revision, percent, tag }) =>
        defined({ type, percent, revision, tag, uri: tag && uri ? tagged(uri, tag) : undefined }),
    );
}

const tagged = (uri: string, tag: string): string => uri.replace("https://", `https://${tag}---`);

/** A host name of a service in its parts: `green---shop-….a.run.app` is the tag `green` of the service. */
export function tagOf(host: string): { tag?: string; host: string } {
    const [, tag, rest = host] = /^(.+?)---(.+)$/.exec(host) ?? [];
    return { ...(tag !== undefined && { tag }), host: rest };
}

/** The full names of the revisions that answer requests: those with traffic, and those with a tag. */
export function servedRevisions({ name, traffic = [], latestReadyRevision = "" }: RunService): string[] {
    const targets = traffic.length === 0 ? [LATEST] : traffic;
    return targets
        .filter(({ percent = 0, tag }) => percent > 0 || tag)
        .map(({ revision }) => (revision ? `${name}/revisions/${revision}` : latestReadyRevision));
}

/**
 * The service as the revision shows it that answers a request: that of the tag, or one by the percentages.
 * @returns undefined if the service has no such tag
 */
export function atRevision(cloud: Cloud, service: RunService, tag?: string): RunService | undefined {
    const { name, traffic = [], latestReadyRevision } = service;
    const target = tag === undefined ? chosen(traffic) : traffic.find((one) => one.tag === tag);
    if (tag !== undefined && target === undefined) {
        return undefined;
    }
    const revision = target?.revision ? `${name}/revisions/${target.revision}` : latestReadyRevision;
    const found = revision === latestReadyRevision ? undefined : revisions.find(cloud, revision ?? "");
    return found ? { ...service, latestReadyRevision: found.name, template: templateOf(found) } : service;
}

function chosen(traffic: Target[]): Target | undefined {
    const some = traffic.filter(({ percent = 0 }) => percent > 0);
    if (some.length < 2) {
        return some[0];
    }
    let left = Math.random() * 100;
    return some.find(({ percent = 0 }) => (left -= percent) < 0) ?? some.at(-1);
}
