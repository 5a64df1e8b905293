import * as pulumi from "@pulumi/pulumi";
import type { Probe, RequestProbe } from "../../smoke";
import { policyUrl, type Grant, refsOf } from "../grants";
import { argumentError, checkPath } from "../base";
import { type CallersCheckOptions, ownCallersProbe, secretProbes } from "./callers-check";
import { deniedAtItself, type InsideCheckOptions, isInternal, warnWhereUnproven } from "./denials";
import { expectationOf, type ServiceExpectation } from "./expectation";
import { gate } from "./gate";
import type { InsidePlace } from "./inside-probe";
import { restsOn } from "./last-change";
import { ownCallProbes } from "./own-calls";
import { type GrantedAccount, minterProbes, type ProbeAccount, probeAccount, strangerAccount } from "./probe-account";
import { accountProbe, policyProbes, type SmokeCheck, smokeSpec } from "./smoke-check";
import { GrantResourceType, Ingress, type Target, TargetKind } from "../target";
import { defined, DENIED_AUDIENCE } from "../../common";

/** The smoke check of a service. It reaches the service's code only if you give it a path. */
export interface ServiceSmokeCheckArgs extends CallersCheckOptions, InsideCheckOptions {
    /**
     * The path that the check requests with the ID token of a probe account, such as `/healthz`. The check
     * requests it again if Google's front end refused, and after failures of your code only with `safeToRepeat`.
     * @default - no request is made that the service should let in, only requests that it must deny
     */
    path?: pulumi.Input<string>;
    /** The HTTP method of the request. @default "GET" */
    method?: pulumi.Input<string>;
    /** The body of the request, sent as JSON. @default - no body */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
    /** What the answer must be. @default - any status from 200 to 299 */
    expect?: ServiceExpectation;
    /**
     * The paths that the check requests of what the service invokes, such as `{ stock: "/healthz" }`, by the names of `invokes`.
     * The requests are made as the service's own account, by a workflow that runs as it and returns their statuses. A check
     * that tries again requests them again.
     * @default - the check looks for the service's grants in the policies, and makes no request
     */
    calls?: { [target: string]: string };
    /**
     * Who may mint ID tokens as the accounts that the check calls as: the principal that deploys, such as
     * `user:ann@example.com` or {@link deployer}. There are two such accounts: one that may call the service, if a path is
     * given, and one that may not. An owner of the project cannot mint their tokens by that role alone.
     * @default - nobody: the report says that the probes which need such a token were not tried
     */
    probeMinters?: pulumi.Input<string>[];
}

/** A service, a function or an application behind IAP as its check sees it. */
export interface CheckedService extends pulumi.Resource, Target {
    url: pulumi.Output<string>;
    audience: pulumi.Output<string>;
    ingress: Ingress;
}

/** What a check rests on: it runs again when the revision or the account changes. */
export interface Revision {
    /** Where the service is. */
    place: InsidePlace;
    /** The project of the service. */
    project: pulumi.Output<string>;
    /** Changes whenever the service changes. */
    revision: pulumi.Output<string>;
    /** The account that the service runs as, if it is known. */
    account?: pulumi.Output<string>;
    /** What the service invokes. */
    invokes?: Record<string, Target> | undefined;
    /** The custom audiences, if the program decides them. */
    audiences?: string[];
    /** Who else got grants from the component, by the name that the report gives them. */
    members?: [who: string, grants: Grant[]][];
}

/**
 * Puts the spec of a service together, and makes the gate that runs it.
 * @param grants The grants of the service's own account on what it invokes.
 * @throws ResourceError if a request could not be made, or its answer is expected and no request is made
 */
export function checkService(
    service: CheckedService,
    name: string,
    args: ServiceSmokeCheckArgs = {},
    grants: Grant[],
    { place, project, revision, account, invokes = {}, members = [], audiences }: Revision,
): SmokeCheck {
    checkArgs(service, args);
    const minters = args.probeMinters ?? [];
    const caller = args.path === undefined ? undefined : probeAccount(service, name, service, minters);
    const stranger = minters.length === 0 ? undefined : strangerAccount(service, name, service, minters);
    const receiver = policyUrl(service.resource, project);
    const own = [...(caller ? [caller.grant] : []), ...[caller, stranger].flatMap((each) => each?.minters ?? [])];
    const isService = service.kind === TargetKind.Run || service.kind === TargetKind.Function;
    const hasIngress = isService || service.resource?.type === GrantResourceType.IapRunService;
    const callable = {
        ...{ target: receiver, grants: own },
        ...(hasIngress && { ingress: service.ingress }),
        ...(isService && { audiences }),
    };
    const nobodyElse = ownCallersProbe(service, name, args, callable);
    const withTokens = [
        ...(caller ? [allowedRequest(service, name, args, caller, grants)] : []),
        ...(caller || stranger ? [deniedTokens(service, name, args, receiver, { caller, stranger })] : []),
    ];
    const denied = deniedAtItself(service, name, place, args);
    const ownCalls = ownCallProbes(service, name, { calls: args.calls ?? {}, invokes, account, grants, place });
    const probes = (): pulumi.Input<Probe[]>[] => [
        denied.probes(project),
        policyProbes(name, grants),
        ...members.map(([who, granted]) => policyProbes(who, granted)),
        minterProbes(caller),
        minterProbes(stranger),
        ...withTokens,
        ownCalls,
        nobodyElse,
        secretProbes(service, args, grants),
        accountProbe(name, account),
    ];
    const spec = smokeSpec(name, project, { revision, ...defined({ account }) }, probes, args);
    const rests = restsOn(service, [...Object.values(invokes), ...denied.sender]);
    if (args.enabled !== false) {
        gate(service, name, spec, rests);
    }
    warnWhereUnproven(service, args);
    return { spec };
}

function checkArgs(service: CheckedService, args: ServiceSmokeCheckArgs): void {
    for (const key of ["expect", "argument", "method"] as const) {
        if (args[key] !== undefined && args.path === undefined) {
            throw argumentError(service, `smokeCheck.${key}`, "needs a request, and the check sends none; add path");
        }
    }
    const fromOutside = args.path === undefined ? "probeMinters" : "path";
    if (service.ingress !== Ingress.All && args[fromOutside] !== undefined && args.enabled !== false) {
        throw argumentError(
            service,
            `smokeCheck.${fromOutside}`,
            `asks for requests from outside, where ingress "${service.ingress}" answers 404 to everyone; ` +
                `leave it out and give a caller's check an argument, or set ingress to "all" (IAM still decides who gets in)`,
        );
    }
    if (!isInternal(service) && args.inside !== undefined) {
        const reason = `is of internal ingress, and that of ${pulumi.resourceName(service)} is "all", which is tried from outside; leave it out`;
        throw argumentError(service, "smokeCheck.inside", reason);
    }
    if (typeof args.path === "string") {
        checkPath(service, "smokeCheck.path", args.path);
    }
}

/** The request that the arguments describe. It is the same for an account that may call and for one that may not. */
function requestOf(service: CheckedService, { path = "/", method, argument }: ServiceSmokeCheckArgs) {
    return pulumi
        .all([service.url, path, method, pulumi.output(argument as unknown)])
        .apply(([root, below, verb, body]: [string, string, string | undefined, unknown]) => {
            checkPath(service, "smokeCheck.path", below);
            return {
                kind: "request" as const,
                // `new URL(path, root)` would drop the path of a function's own URL, and could lead to another host.
                url: root.replace(/\/+$/, "") + below,
                ...defined({ method: verb, body }),
            };
        });
}

/**
 * The request that the service must let in.
 * @param grants The grants of the service's own account: while they have not arrived, the service itself may fail.
 */
function allowedRequest(
    service: CheckedService,
    name: string,
    args: ServiceSmokeCheckArgs,
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
interface CallingAccounts {
    /** It may call the service. */
    caller: ProbeAccount | undefined;
    /** It may not. */
    stranger: ProbeAccount | undefined;
}

/**
 * The requests that the service must deny although Google signed their tokens: the token is for another audience, has
 * expired, or is of an account without a grant.
 */
function deniedTokens(
    service: CheckedService,
    name: string,
    args: ServiceSmokeCheckArgs,
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
