import type { Receiver } from "../receivers";
import { hostFix } from "./host";

type Reason = readonly [why: string, fix: string];

/** Why the injector leaves a call to its author, and what to do by hand. `auth` is `{type: OIDC, audience: …}`. */
const reasons = {
    secret: (header: string): Reason => [
        "its headers are not written out or differ between runs, or the place to read the secret in is not written out",
        `read the secret in a step of its own, and send it in the header ${header}`,
    ],
    host: (receiver: Receiver): Reason => ["its receiver is not known", hostFix(receiver)],
    external: (audience: string): Reason => [
        "its receiver is not Google's: whether it checks ID tokens is not known",
        `if it checks ID tokens, write auth: {type: OIDC, audience: ${audience}}; otherwise remove auth`,
    ],
    different: (): Reason => [
        "it can go to receivers that take different credentials",
        "make a step for each receiver, with its own auth",
    ],
    "no-token": (): Reason => ["its receiver takes no token at this path", "remove auth"],
    http: (then: string): Reason => [
        "Workflows sends tokens to HTTPS endpoints only",
        `write https: in its URL, and ${then}`,
    ],
    chosen: (type: string): Reason => [
        "the caller or data chooses a part of its host",
        `write the host out, or assign it from literals in a switch, with auth of type: ${type}`,
    ],
    undeclared: (): Reason => ["its receiver is not declared", "add the receiver to targets"],
    root: (): Reason => [
        "no part of its URL is certainly the receiver's root",
        "hold the root URL (of a function: up to its name) in a variable or parameter, begin the URL with it, and write auth: {type: OIDC, audience: '${root}'}, where root is its name",
    ],
    audience: (host: string, namedBy: string): Reason => [
        `no URL tells the audience of ${host}: it is ${namedBy}`,
        `declare ${host} as a target with its audience, ${namedBy}, and write auth: {type: OIDC} with it`,
    ],
    "target-audience": (target: string, namedBy: string): Reason => [
        `the audience of target ${target} is not declared, and no URL tells it`,
        `declare the audience of target ${target}, which is ${namedBy}, and write auth: {type: OIDC, audience: AUDIENCE} with it`,
    ],
    method: (host: string): Reason => [
        `the scope that it needs is not known: its URL tells no method of ${host}`,
        `write auth: {type: OAuth2, scopes: SCOPE}, with the scope that the reference of ${host} names for the method`,
    ],
    "target-scopes": (target: string, scope: string): Reason => [
        `the scopes of target ${target} do not open this method`,
        `declare the scope ${scope} for target ${target}`,
    ],
    open: (): Reason => [
        "it is open unless IAP is before it, which its URL does not tell",
        "declare it as a target: of kind iap with IAP's client ID as its audience, or of kind app-engine if it is open",
    ],
    "audience-written": (fix: string): Reason => [
        "its author wrote the whole URL as the audience, which the service may have as a custom audience",
        fix,
    ],
    misplaced: (fix: string): Reason => [
        "its auth is among the headers",
        `take it out of the headers, and ${fix} beside url`,
    ],
    opened: (fix: string): Reason => [
        "a step of this workflow lets everyone invoke its receiver",
        `grant the role to the account of this workflow in place of everyone, and ${fix}`,
    ],
    headers: (auth: string): Reason => [
        "its headers are an expression, or have names that are, and may hold a credential",
        `write the headers as a map, or add auth: ${auth} by hand`,
    ],
    args: (auth: string): Reason => [
        "its args are not written as a map of their own",
        `write them as a map, with auth: ${auth}`,
    ],
    "private-service": (target: string, byHand: string): Reason => [
        `its args are not written as a map of their own, or it can also go to others than target ${target}`,
        `make a step for target ${target} alone, with ${byHand}`,
    ],
    "type-elsewhere": (auth: string): Reason => ["its auth takes its type from elsewhere", `write auth: ${auth}`],
    sometimes: (fix: string): Reason => ["it sends a credential of its own in some runs", fix],
    delivered: (fix: string): Reason => ["the token in its body is one that another service sends", fix],
    shared: (place: string, byHand: string): Reason => [
        `an anchor shares its text with ${place}`,
        `write its args out, without an anchor, with ${byHand}`,
    ],
};

export type LeftCause = keyof typeof reasons;

export const leftCauses = Object.keys(reasons) as LeftCause[];

/** Why something cannot be written for its author, and what to do by hand. */
export interface Left {
    cause: LeftCause;
    why: string;
    fix: string;
}

export function leftFor<C extends LeftCause>(cause: C, ...facts: Parameters<(typeof reasons)[C]>): Left {
    const say = reasons[cause] as (...facts: Parameters<(typeof reasons)[C]>) => Reason;
    const [why, fix] = say(...facts);
    return { cause, why, fix };
}
