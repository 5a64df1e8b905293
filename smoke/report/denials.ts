import { deniedAudience, noExpiredToken, noOtherAccount } from "../probes";
import type { UntriedDenial } from "../smoke-report";
import type { Probe, RequestProbe } from "../spec";

/** The ways to be refused that a check can try at a receiver, and why one may be missing from a spec. */
const denials: [denial: string, why: string][] = [
    ["no token", "the spec has no such probe"],
    ["broken token", "the spec has no such probe"],
    ["wrong audience", "it takes the token of an account of the check's own: give the check probeMinters"],
    ["expired token", noExpiredToken],
    ["account without grant", noOtherAccount],
];

/** What no probe of a spec tries at the receivers that its requests go to. */
export function untriedDenials(probes: readonly Probe[]): UntriedDenial[] {
    // From a receiver with internal ingress no denial at all can be had from here, which its own probes say.
    const requests = probes.filter(
        (probe): probe is RequestProbe => probe.kind === "request" && probe.ingress !== "internal",
    );
    const receivers = new Map<string, { label?: string; tried: Set<string> }>();
    for (const probe of requests) {
        const { host } = new URL(probe.url);
        const receiver = receivers.get(host) ?? { tried: new Set() };
        const label = receiver.label ?? probe.grants?.[0]?.label;
        receivers.set(host, { ...receiver, ...(label !== undefined && { label }) });
        if (probe.outcome === "denied") {
            receiver.tried.add(denialOf(probe));
        }
    }
    return [...receivers].flatMap(([host, { label = host, tried }]) =>
        denials.filter(([denial]) => !tried.has(denial)).map(([denial, why]) => ({ receiver: label, denial, why })),
    );
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
        case "idToken":
            return credential.audience === deniedAudience ? "wrong audience" : "account without grant";
    }
}
