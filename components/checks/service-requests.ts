import * as pulumi from "@pulumi/pulumi";
import type { Probe, RequestProbe } from "../../smoke";
import { type Grant, refsOf } from "../grants";
import { checkPath } from "../base";
import { expectationOf } from "./expectation";
import type { GrantedAccount, ProbeAccount } from "./probe-account";
import type { ServiceCheck } from "./service-check-args";
import type { Ingress, Target } from "../target";
import { defined, DENIED_AUDIENCE } from "../../common";

/** A service, a function or an application behind IAP as its check sees it. */
export interface CheckedService extends pulumi.Resource, Target {
    url: pulumi.Output<string>;
    audience: pulumi.Output<string>;
    ingress: Ingress;
}

/** The request that the arguments describe. It is the same for an account that may call and for one that may not. */
function requestOf(service: CheckedService, check: ServiceCheck) {
    const { mcp, method, grpcService, tokenHeader } = check;
    const argument: unknown = check.argument;
    const path = grpcService === undefined ? (mcp?.path ?? check.path ?? "/") : "/grpc.health.v1.Health/Check";
    return pulumi
        .all([service.url, path, method, pulumi.output(argument), grpcService])
        .apply(
            ([root, below, verb, body, health]: [string, string, string | undefined, unknown, string | undefined]) => {
                checkPath(service, "smokeCheck.path", below);
                return {
                    kind: "request" as const,
                    // `new URL(path, root)` would drop the path of a function's own URL, and could lead to another host.
                    url: root.replace(/\/+$/, "") + below,
                    ...(mcp && { mcpTools: mcp.tools ?? [] }),
                    ...defined({ method: verb, body, grpcService: health, tokenHeader }),
                };
            },
        );
}

/**
 * The request that the service must let in.
 * @param grants The grants of the service's own account: while they have not arrived, the service itself may fail.
 */
export function allowedRequest(
    service: CheckedService,
    name: string,
    args: ServiceCheck,
    account: GrantedAccount,
    grants: Grant[],
): pulumi.Output<Probe[]> {
    const expect = expectationOf(service, "smokeCheck.expect", args.expect, account.email);
    return pulumi
        .all([
            ...([requestOf(service, args), service.audience, account.email, expect] as const),
            ...([refsOf([account.grant]), refsOf(grants)] as const),
        ])
        .apply(([request, audience, serviceAccount, expected, own, receiverGrants]): Probe[] => [
            {
                ...request,
                name: `probe account → ${name}`,
                credential: { kind: "idToken", serviceAccount, audience },
                outcome: "allowed",
                ...defined({ expect: expected }),
                grants: own,
                ...(receiverGrants.length > 0 && { receiverGrants }),
            },
        ]);
}

/** The accounts that a check calls as. */
export interface CallingAccounts {
    /** It may call the service. */
    caller: ProbeAccount | undefined;
    /** It may not. */
    stranger: ProbeAccount | undefined;
}

/**
 * The requests that the service must deny although Google signed their tokens: the token is for another audience, has
 * expired, or is of an account without a grant.
 */
export function deniedTokens(
    service: CheckedService,
    name: string,
    args: ServiceCheck,
    resource: pulumi.Output<string>,
    { caller, stranger }: CallingAccounts,
): pulumi.Output<Probe[]> {
    return pulumi
        .all([requestOf(service, args), service.audience, resource, caller?.email, stranger?.email])
        .apply(([request, audience, receiver, granted, ungranted]): Probe[] => {
            const denied = (what: string, status: number, credential: RequestProbe["credential"]): RequestProbe => ({
                ...{ ...request, name: `${what} → ${name}`, credential },
                ...{ outcome: "denied", deniedStatus: [status], resource: receiver },
            });
            const minted = granted ?? ungranted ?? "";
            return [
                denied("token for another audience", 401, {
                    ...{ kind: "idToken", serviceAccount: minted, audience: DENIED_AUDIENCE },
                }),
                ...(granted === undefined
                    ? []
                    : [denied("expired token", 401, { kind: "expired", serviceAccount: granted, audience })]),
                ...(ungranted === undefined
                    ? []
                    : [
                          denied("account without grant", 403, {
                              kind: "ungranted",
                              serviceAccount: ungranted,
                              audience,
                          }),
                      ]),
            ];
        });
}
