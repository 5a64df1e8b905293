import * as pulumi from "@pulumi/pulumi";
import type { Probe, RequestProbe } from "../../smoke";
import { type Door, doorsOf, insideMode, log, memoized, originOf, smokeMode } from "../base";
import { policyUrl } from "../grants";
import { type InsidePlace, insideProbe, type InsideProbe } from "./inside-probe";
import type { SmokeCheckOptions } from "./smoke-check";
import { Ingress, type Target, TargetKind } from "../target";
import { DENIED_AUDIENCE } from "../../common";

/** What the check of a component takes that calls something, or is called. */
export interface InsideCheckOptions extends SmokeCheckOptions {
    /**
     * Whether the denials of what has internal ingress are tried from inside, where Google's own senders stand: no token, a
     * broken one, a token for another audience, and a right token without a grant. A workflow does that, as an account without
     * any grant; a stack has one of both for each project and region. No code of yours is reached.
     * @default - what the stack's config `gcp-invoke:inside` says; otherwise true for an `AuthenticatedWorkflow`
     */
    inside?: boolean;
}

/** A target, and the name that the report gives it. */
type Labelled = [label: string, target: Target];

/** Who proves the denials of what has internal ingress. */
const proven = new WeakSet<object>();
const isProven = (target: Target): boolean => proven.has(originOf(target));

export const isInternal = ({ ingress = Ingress.All }: Target): boolean => ingress !== Ingress.All;

/** Whether a check proves denials from inside. */
export function provesInside({ inside, enabled }: InsideCheckOptions, otherwise = false): boolean {
    return enabled !== false && (inside ?? insideMode() ?? otherwise);
}

/**
 * The denials that the check of a caller tries at its targets: only at those that have no check of their own, or whose own check
 * does not try them.
 * @param otherwise Whether it proves them from inside if nobody said anything.
 */
export function deniedAtTargets(
    component: pulumi.Resource,
    name: string,
    targets: Record<string, Target>,
    place: InsidePlace,
    options: InsideCheckOptions = {},
    otherwise = false,
): Denied {
    const closed = Object.entries(targets).filter(
        ([, target]) => target.kind === TargetKind.Iap || (target.kind === TargetKind.Run && isInternal(target)),
    );
    return denied(component, name, closed, place, provesInside(options, otherwise));
}

/** The denials that the check of a service tries at the service itself. */
export function deniedAtItself(
    component: pulumi.Resource & Target,
    name: string,
    place: InsidePlace,
    options: InsideCheckOptions,
): Denied {
    return denied(component, name, [[name, component]], place, provesInside(options));
}

/**
 * Says in the preview and in the update what no check of the program tries, and which argument makes a check try it. A caller whose
 * check tries it may be made at any time, so a program of Node says so at its end. The process that makes components for another language
 * does not know that end, and says what the check of the service itself does not try.
 */
export function warnWhereUnproven(service: pulumi.Resource & Target, options: InsideCheckOptions): void {
    // Without an engine, as in a unit test with mocks, nothing is deployed that could be proven.
    const isDeployed = pulumi.runtime.getEngine() !== undefined;
    if (!isInternal(service) || options.enabled === false || smokeMode() === "off" || !isDeployed) {
        return;
    }
    const name = pulumi.resourceName(service);
    const instead = `smokeCheck: { inside: true } or the configuration gcp-invoke:inside: true proves it, with one workflow and one account for the stack`;
    const ended = endOfProgram();
    if (ended !== undefined) {
        void ended.then(() => {
            if (!isProven(service)) {
                void log.info(
                    `nothing proves what the front door of ${name} denies, because requests from outside do not reach ${service.ingress ?? ""} ingress; ${instead}`,
                    service,
                );
            }
        });
    } else if (!provesInside(options)) {
        void log.info(
            `the check of ${name} does not try what its front door denies, because requests from outside do not reach ${service.ingress ?? ""} ingress; ` +
                `the check of an AuthenticatedWorkflow that calls ${name} proves it, and otherwise ${instead}`,
            service,
        );
    }
}

/** When a program of Node has made what it makes; undefined in a process that makes components for other programs. */
function endOfProgram(): Promise<void> | undefined {
    const outputs = pulumi.runtime.getStackResource()?.outputs as unknown as
        | { promise: () => Promise<unknown> }
        | undefined;
    // The end of a program that fails is of no interest, and Pulumi tells why it failed.
    return (
        outputs &&
        new Promise(
            (resolve) =>
                void outputs.promise().then(
                    () => resolve(),
                    () => undefined,
                ),
        )
    );
}

/** Probes of denials, and what sends some of them. */
export interface Denied {
    /** The probes. It is called once the components of the program are made. */
    probes: (project: pulumi.Input<string>) => pulumi.Output<Probe[]>;
    /** What sends from inside, if something does. */
    sender: InsideProbe[];
}

function denied(
    component: pulumi.Resource,
    name: string,
    targets: Labelled[],
    place: InsidePlace,
    triesInside: boolean,
): Denied {
    const mine = targets.filter(([, target]) => triesInside && isInternal(target) && !isProven(target));
    const sender = mine.length === 0 ? undefined : insideProbe(component, name, place);
    const others = targets.filter((each) => !mine.includes(each));
    for (const [, target] of mine) {
        proven.add(originOf(target));
    }
    return {
        sender: sender ? [sender] : [],
        probes: (project) =>
            pulumi
                .all([
                    fromOutside(
                        others.filter(([, target]) => !(isInternal(target) && isProven(target))),
                        project,
                    ),
                    sender ? fromInside(mine, project, sender) : [],
                ])
                .apply((lists) => lists.flat()),
    };
}

/**
 * Two calls that each target must deny: one without a token, and one with a token whose signature cannot be right. Google denies
 * both before any code of the user's. For a service with internal ingress they are reported as not tried. If one of them
 * is let in, the receiver's policy tells why.
 * @param project The project of the targets, if their resources name none.
 */
function fromOutside(targets: Labelled[], project: pulumi.Input<string>): pulumi.Output<RequestProbe[]> {
    return eachDoor(targets, project, ({ label, target }, url, resource) =>
        (["none", "broken"] as const).map((credential) => ({
            ...request(credential === "none" ? "anonymous" : "broken token", label, target, { url, resource }),
            credential: { kind: credential },
            deniedStatus: target.kind === TargetKind.Iap ? iapDenies : runDenies[credential],
        })),
    );
}

/** Four calls from inside that each target must deny. Cloud Run accepts its own URL as an audience, and IAP its client ID. */
function fromInside(targets: Labelled[], project: pulumi.Input<string>, sender: InsideProbe): pulumi.Output<Probe[]> {
    const known = pulumi.all([sender.workflowId, sender.serviceAccountEmail]);
    return known.apply(([workflow, serviceAccount]) =>
        eachDoor(targets, project, ({ label, target }, address, resource, client) => {
            const url = new URL(address).origin;
            const audience = client === "" ? url : client;
            const isIap = target.kind === TargetKind.Iap;
            const send = (what: string, status: number, credential: RequestProbe["credential"]): RequestProbe => ({
                ...{ ...request(what, label, target, { url, resource }), credential },
                ...{ deniedStatus: isIap && status !== 403 ? iapDenies : [status] },
                inside: { workflow, serviceAccount },
            });
            const other = { kind: "idToken" as const, serviceAccount, audience: DENIED_AUDIENCE };
            return [
                send("anonymous", isIap ? 401 : 403, { kind: "none" }),
                send("broken token", 401, { kind: "broken" }),
                send("token for another audience", 401, other),
                send("account without grant", 403, { kind: "ungranted", serviceAccount, audience }),
            ];
        }),
    );
}

function request(what: string, label: string, target: Target, door: { url: string; resource: string }) {
    return {
        kind: "request" as const,
        name: `${what} → ${label}`,
        ...door,
        outcome: "denied" as const,
        ingress: isInternal(target) ? ("internal" as const) : ("all" as const),
    };
}

/** Makes probes for each target, once its URL is known and that of the resource whose policy tells whom it lets in. */
function eachDoor(
    targets: Labelled[],
    project: pulumi.Input<string>,
    probesOf: (door: Door, url: string, resource: string, client: string) => RequestProbe[],
): pulumi.Output<RequestProbe[]> {
    const doors = targets.flatMap(([label, target]) => doorsOf(label, target));
    const known = doors.map(({ target }) =>
        target.resource?.project === undefined ? frontDoor(target, project) : ownFrontDoor(target),
    );
    return pulumi.all(known).apply((all) =>
        doors.flatMap((door, index) => {
            const [url, resource, client] = all[index] ?? ["", "", ""];
            return probesOf(door, url, resource, client);
        }),
    );
}

/** Where a target is, whose policy tells who may call it, and the client ID of IAP, if that is before it. */
function frontDoor(target: Target, project: pulumi.Input<string>): pulumi.Output<[string, string, string]> {
    const { kind, url, resource, audience = "" } = target;
    return pulumi.all([url, policyUrl(resource, project), kind === TargetKind.Iap ? audience : ""]);
}

const ownFrontDoor = memoized((target: Target) => frontDoor(target, ""));

/** IAP sends a caller without a token to its sign-in page, and answers 401 to a token that it does not accept. */
const iapDenies = [302, 401];

/** Cloud Run answers 403 to a call without a token, and 401 to a bad token. */
const runDenies = { none: [403], broken: [401] };
