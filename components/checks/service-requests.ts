import * as pulumi from "@pulumi/pulumi";
import type { AgentRequest, Probe, RequestProbe } from "../../smoke";
import { type Grant, refsOf } from "../grants";
import { checkPath, type Door } from "../base";
import { expectationOf } from "./expectation";
import type { ProbeAccount } from "./probe-account";
import type { AgentCheck, ServiceCheck } from "./service-check-args";
import type { Ingress, Target } from "../target";
import { targetAudience } from "../wiring";
import { defined, DENIED_AUDIENCE } from "../../common";

/** A service, a function or an application behind IAP as its check sees it. */
export interface CheckedService extends pulumi.Resource, Target {
    url: pulumi.Output<string>;
    audience: pulumi.Output<string>;
    ingress: Ingress;
}

/** What the card of an agent is compared with, and what is sent to the agent. */
const agentRequest = ({ roots, skills = [], message }: AgentCheck): pulumi.Output<AgentRequest> =>
    pulumi.all([roots, message]).apply(([own, text]) => ({ roots: own, skills, ...defined({ message: text }) }));

/** The request that the arguments describe. It is the same for an account that may call and for one that may not. */
function requestOf(service: CheckedService, { target: { url } }: Door, check: ServiceCheck) {
    const { mcp, agent, method, grpcService, tokenHeader } = check;
    const argument: unknown = check.argument;
    const own = mcp?.path ?? agent?.cardPath ?? check.path ?? "/";
    const path = grpcService === undefined ? own : "/grpc.health.v1.Health/Check";
    return pulumi
        .all([url, path, method, pulumi.output(argument), grpcService, agent && agentRequest(agent)] as const)
        .apply(([root, below, verb, body, health, card]) => {
            checkPath(service, "smokeCheck.path", below);
            return {
                kind: "request" as const,
                // `new URL(path, root)` would drop the path of a function's own URL, and could lead to another host.
                url: root.replace(/\/+$/, "") + below,
                ...(mcp && { mcpTools: mcp.tools ?? [] }),
                ...defined({ method: verb, body, grpcService: health, tokenHeader, agent: card }),
            };
        });
}

/**
 * The request that the service must let in.
 * @param account It may call the service; its grants are those for this door.
 * @param grants The grants of the service's own account: while they have not arrived, the service itself may fail.
 */
export function allowedRequest(
    service: CheckedService,
    door: Door,
    args: ServiceCheck,
    account: { email: pulumi.Output<string>; grants: Grant[] },
    grants: Grant[],
): pulumi.Output<Probe[]> {
    const expect = expectationOf(service, "smokeCheck.expect", args.expect, account.email);
    return pulumi
        .all([
            ...([requestOf(service, door, args), targetAudience(door.target), account.email, expect] as const),
            ...([refsOf(account.grants), refsOf(grants)] as const),
        ])
        .apply(([request, audience, serviceAccount, expected, own, receiverGrants]): Probe[] => [
            {
                ...request,
                name: `probe account → ${door.label}`,
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
    door: Door,
    args: ServiceCheck,
    resource: pulumi.Output<string>,
    { caller, stranger }: CallingAccounts,
): pulumi.Output<Probe[]> {
    return pulumi
        .all([requestOf(service, door, args), targetAudience(door.target), resource, caller?.email, stranger?.email])
        .apply(([request, audience, receiver, granted, ungranted]): Probe[] => {
            const denied = (what: string, status: number, credential: RequestProbe["credential"]): RequestProbe => ({
                ...{ ...request, name: `${what} → ${door.label}`, credential },
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

/** Reads the copy of the card that is for everybody, without a token. */
export function publishedCard(
    name: string,
    agent: AgentCheck,
    published: pulumi.Input<string>,
): pulumi.Output<Probe[]> {
    const { message: _, ...card } = agent;
    return pulumi.all([published, agentRequest(card)]).apply(([url, request]): Probe[] => [
        {
            ...{ kind: "request", name: `published card → ${name}`, url, agent: request },
            ...{ credential: { kind: "none" }, outcome: "allowed" },
        },
    ]);
}
