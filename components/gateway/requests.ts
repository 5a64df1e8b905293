import * as pulumi from "@pulumi/pulumi";
import type { Probe, RequestProbe } from "../../smoke";
import { type Grant, policyUrl, refsOf } from "../grants";
import { expectationOf, type ProbeAccount } from "../checks";
import { addressesOf } from "./plan";
import type { GatewaySmokeCheckArgs } from "./check-args";
import { type Target, TargetKind } from "../target";
import { targetAudience } from "../wiring";
import { defined, DENIED_AUDIENCE } from "../../common";

/** A gateway as its check sees it. */
export interface CheckedGateway extends pulumi.Resource, Target {
    url: pulumi.Output<string>;
    audience: pulumi.Output<string>;
}

/** What the requests of a check are made of. */
export interface Parts {
    gateway: CheckedGateway;
    name: string;
    request: pulumi.Output<{ url: string; method: string } | undefined>;
    resource: pulumi.Output<string>;
    signer: pulumi.Output<string> | undefined;
    stranger: ProbeAccount | undefined;
    grants: Grant[];
}

/** Where the requests of a check go: below the URL of the gateway. */
export function requestOf(
    { url }: CheckedGateway,
    { path, method }: GatewaySmokeCheckArgs,
    sample: pulumi.Output<{ method: string; path: string }> | undefined,
): Parts["request"] {
    return pulumi.all([url, path, method, sample]).apply(([root, below, verb, served]) => {
        const at = below ?? served?.path;
        return at === undefined
            ? undefined
            : { url: root + at, method: below === undefined ? (served?.method ?? "GET") : (verb ?? "GET") };
    });
}

/** The probe that reads which tokens the gateway takes as it is deployed, and where it sends its own. */
export function documentProbe(
    { name, resource, gateway: { audience }, signer }: Parts,
    backends: Record<string, Target>,
): pulumi.Output<Probe[]> {
    return pulumi
        .all([resource, audience, pulumi.output(signer), addressesOf(backends)])
        .apply(([known, accepted, signs, addresses]): Probe[] => {
            const called = Object.values(addresses);
            return [
                {
                    ...{ kind: "gateway", name: `${name} lets in its callers alone`, gateway: known, label: name },
                    ...{ audience: accepted, issuer: signs ?? "https://accounts.google.com" },
                    ...(called.length > 0 && {
                        backends: called.map(({ url }) => new URL(url).origin),
                        backendAudiences: called.map((each) => each.audience),
                    }),
                },
            ];
        });
}

/** The requests that the gateway must deny by itself; with ID tokens of Google's, its backends deny the stranger. */
export function deniedRequests(
    { gateway, name, request, resource, signer, stranger }: Parts,
    { path }: GatewaySmokeCheckArgs,
): pulumi.Output<Probe[]> {
    const reachesBackend = signer === undefined;
    return pulumi
        .all([request, resource, gateway.audience, pulumi.output(signer), stranger?.email])
        .apply(([sent, receiver, audience, signs, email]): Probe[] => {
            if (sent === undefined) {
                return [];
            }
            const denied = (what: string, status: number[], credential: RequestProbe["credential"]): RequestProbe => ({
                ...{ kind: "request", name: `${what} → ${name}`, ...sent, credential, outcome: "denied" },
                ...{ deniedStatus: status, resource: receiver },
            });
            const anonymous = [
                denied("anonymous", [401], { kind: "none" }),
                denied("broken token", [401], { kind: "broken" }),
            ];
            if (email === undefined) {
                return anonymous;
            }
            const elsewhere = { serviceAccount: signs ?? email, audience: DENIED_AUDIENCE };
            const kind = signs === undefined ? "idToken" : "signed";
            return [
                ...anonymous,
                denied("token for another audience", [403], { kind, ...elsewhere }),
                ...(reachesBackend && path === undefined
                    ? []
                    : [
                          denied("account without grant", reachesBackend ? [401, 403] : [401], {
                              ...{ kind: "ungranted", serviceAccount: email, audience },
                          }),
                      ]),
            ];
        });
}

/** The requests past the gateway: a backend lets in the gateway's account, and nobody for whom the gateway is. */
export function pastGateway(
    { name, stranger }: Parts,
    backends: Record<string, Target>,
    project: pulumi.Output<string>,
): pulumi.Output<Probe[]> {
    const behind = Object.entries(backends).filter(([, { kind }]) => kind !== TargetKind.Iap);
    const each = behind.map(([key, target]) =>
        pulumi
            .all([target.url, targetAudience(target), policyUrl(target.resource, project), stranger?.email])
            .apply(([url, audience, resource, serviceAccount]): Probe[] => {
                const denied = (what: string, credential: RequestProbe["credential"]): RequestProbe => ({
                    ...{ kind: "request", name: `${what} → ${key}, past ${name}`, url, resource, credential },
                    ...{ outcome: "denied", deniedStatus: [403], beside: true },
                });
                return [
                    denied("anonymous", { kind: "none" }),
                    ...(serviceAccount === undefined
                        ? []
                        : [denied("account without grant", { kind: "ungranted", serviceAccount, audience })]),
                ];
            }),
    );
    return pulumi.all(each).apply((lists) => lists.flat());
}

/** The request that the gateway must let in. */
export function allowedRequest(
    { gateway, name, request, resource, signer, grants }: Parts,
    args: GatewaySmokeCheckArgs,
    signing: Grant[],
): pulumi.Output<Probe[]> {
    const expect = expectationOf(gateway, "smokeCheck.expect", args.expect, pulumi.output(signer ?? ""));
    return pulumi
        .all([request, resource, gateway.audience, pulumi.output(signer), expect, refsOf(signing), refsOf(grants)])
        .apply(([sent, receiver, audience, serviceAccount = "", expected, own, receiverGrants]): Probe[] =>
            sent === undefined
                ? []
                : [
                      {
                          ...{ kind: "request", name: `signed token → ${name}`, ...sent, resource: receiver },
                          ...{ credential: { kind: "signed", serviceAccount, audience }, outcome: "allowed" },
                          ...defined({ expect: expected }),
                          ...(own.length > 0 && { grants: own }),
                          ...(receiverGrants.length > 0 && { receiverGrants }),
                      },
                  ],
        );
}
