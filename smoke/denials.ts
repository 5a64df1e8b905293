import { noExpiredToken, noOtherAccount } from "./probes";
import type { UntriedDenial } from "./smoke-report";
import type { Probe, RequestProbe } from "./spec";
import { defined, DENIED_AUDIENCE } from "../common";

/** The denials that a check can try at a receiver, each with the reason why a spec may lack it. */
const denials: [denial: string, why: string][] = [
    ["no token", "the spec has no such probe"],
    ["broken token", "the spec has no such probe"],
    ["wrong audience", "it takes the token of an account of the check's own: give the check probeMinters"],
    ["expired token", noExpiredToken],
    ["account without grant", noOtherAccount],
];

/**
 * The denials that a receiver can make. An API of Google's takes access tokens, which have no audience and which a check has of no
 * account but the deployer's; who may call it is read from the policies.
 */
const denialsOf = (host: string): typeof denials => (host.endsWith(".googleapis.com") ? denials.slice(0, 2) : denials);

/** The denials that no probe of a spec tries, for each receiver of its requests. */
export function untriedDenials(probes: readonly Probe[]): UntriedDenial[] {
    const requests = probes.filter((probe): probe is RequestProbe => probe.kind === "request" && triesDenials(probe));
    const receivers = new Map<string, { label?: string; tried: Set<string> }>();
    for (const probe of requests) {
        const { host } = new URL(probe.url);
        const receiver = receivers.get(host) ?? { tried: new Set() };
        const label = receiver.label ?? probe.grants?.[0]?.label;
        receivers.set(host, { ...receiver, ...defined({ label }) });
        if (probe.outcome === "denied") {
            receiver.tried.add(denialOf(probe));
        }
    }
    return [...receivers].flatMap(([host, { label = host, tried }]) =>
        denialsOf(host)
            .filter(([denial]) => !tried.has(denial))
            .map(([denial, why]) => ({ receiver: label, denial, why })),
    );
}

/**
 * Whether the receiver of a probe is one whose denials this check is to try. A receiver with internal ingress can deny nothing
 * from outside, which its own probes say; and what a service calls as its own account has a check of its own.
 */
function triesDenials({ ingress, inside, outcome, credential, beside }: RequestProbe): boolean {
    if (beside === true) {
        return false;
    }
    // What answers everybody denies nothing.
    if (outcome === "allowed" && credential.kind === "none") {
        return false;
    }
    return inside === undefined ? ingress !== "internal" : outcome === "denied";
}

function denialOf({ credential }: RequestProbe): string {
    switch (credential.kind) {
        case "none":
            return "no token";
        case "broken":
            return "broken token";
        case "expired":
            return "expired token";
        case "ungranted":
            return "account without grant";
        case "signed":
        case "idToken":
            return credential.audience === DENIED_AUDIENCE ? "wrong audience" : "account without grant";
    }
}
