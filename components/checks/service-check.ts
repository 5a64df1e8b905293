import * as pulumi from "@pulumi/pulumi";
import type { Probe, RequestProbe } from "../../smoke";
import { policyUrl, bindingsOf, type Grant, refsOf } from "../grants";
import { argumentError } from "../base";
import { expectationOf, type ServiceExpectation } from "./expectation";
import { gate } from "./gate";
import { type GrantedAccount, type ProbeAccount, probeAccount, strangerAccount } from "./probe-account";
import { deniedProbes, policyProbes, type SmokeCheckOptions, smokeSpec } from "./smoke-check";
import { Ingress, type Target } from "../target";

/** The smoke check of a service. Without a path it never reaches the service's code. */
export interface ServiceSmokeCheckArgs extends SmokeCheckOptions {
    /**
     * The path that is requested with the ID token of a probe account, such as `/healthz`; retries repeat the request.
     * @default - no request is let in, only refused ones are made
     */
    path?: pulumi.Input<string>;
    /** @default "GET" */
    method?: pulumi.Input<string>;
    /** What is sent, as JSON. @default - nothing */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
    /** What the answer must be. */
    expect?: ServiceExpectation;
    /**
     * Who may mint ID tokens as the accounts that the check calls as (one that may call, where there is a path, and one
     * that may not): the principal that deploys, such as `user:ann@example.com`. An owner of the project may not by that
     * alone.
     * @default - nobody: what takes such a token is reported as not tried
     */
    probeMinters?: pulumi.Input<string>[];
}

/** A service, a function or an application behind IAP as its check sees it. */
export interface CheckedService extends pulumi.Resource, Target {
    url: pulumi.Output<string>;
    audience: pulumi.Output<string>;
    ingress: Ingress;
}

/** What a check rests on: another revision is checked again. */
export interface Revision {
    /** Absent where it is not the program's. */
    resource?: pulumi.Resource | undefined;
    project: pulumi.Output<string>;
    revision: pulumi.Output<string>;
    /** What the service runs as, where that is known. */
    account?: pulumi.Output<string>;
    /** What others need so that it works, beside what it may do itself. */
    others?: [who: string, grants: Grant[]];
}

/**
 * The spec of a service, and the gate where there is something to try.
 * @throws ResourceError where a request could not be made, or its answer is expected and none is made.
 */
export function checkService(
    service: CheckedService,
    name: string,
    args: ServiceSmokeCheckArgs,
    grants: Grant[],
    { resource, project, revision, account, others = ["", []] }: Revision,
): pulumi.Output<unknown> {
    checkArgs(service, args);
    const minters = args.probeMinters ?? [];
    const caller = args.path === undefined ? undefined : probeAccount(service, name, service, minters);
    const stranger = minters.length === 0 ? undefined : strangerAccount(service, name, service, minters);
    const receiver = policyUrl(service.resource, project);
    const other = caller ?? stranger;
    const asked = [
        ...(caller ? [letIn(service, name, args, caller)] : []),
        ...(other ? [deniedTokens(service, name, args, receiver, other, caller, stranger)] : []),
    ];
    const probes = (): pulumi.Input<Probe[]>[] => [
        deniedProbes(name, service, project),
        policyProbes(name, grants),
        policyProbes(...others),
        ...asked,
    ];
    const fingerprint = { revision, ...(account && { account }) };
    const spec = smokeSpec(name, project, fingerprint, probes, args);
    // From an internal service nothing can be refused that comes from here: its callers' checks show what holds.
    const nothingToTry = service.ingress !== Ingress.All && grants.length + others[1].length === 0;
    if (args.enabled !== false && !nothingToTry) {
        const accounts = [...(caller?.resources ?? []), ...(stranger?.resources ?? [])];
        gate(service, name, spec, bindingsOf([...(resource ? [resource] : []), ...accounts], grants, others[1]));
    }
    return spec;
}

function checkArgs(service: CheckedService, args: ServiceSmokeCheckArgs): void {
    for (const key of ["expect", "argument", "method"] as const) {
        if (args[key] !== undefined && args.path === undefined) {
            throw argumentError(service, `smokeCheck.${key}`, "is of a request, and none is made; add path");
        }
    }
    const first = args.path === undefined ? "probeMinters" : "path";
    if (service.ingress !== Ingress.All && args[first] !== undefined && args.enabled !== false) {
        throw argumentError(
            service,
            `smokeCheck.${first}`,
            `asks for requests from outside, where ingress "${service.ingress}" answers 404 to everyone; ` +
                `leave it out and give a caller's check an argument, or set ingress to "all" (IAM still decides who gets in)`,
        );
    }
    if (typeof args.path === "string" && !args.path.startsWith("/")) {
        throw argumentError(
            service,
            "smokeCheck.path",
            `"${args.path}" does not begin with a slash; write "/${args.path}"`,
        );
    }
}

/** The request, as its arguments say: the same for who is let in and who is denied. */
function requestOf(service: CheckedService, { path, method, argument }: ServiceSmokeCheckArgs) {
    return pulumi
        .all([service.url, path ?? "/", method, pulumi.output(argument as unknown)])
        .apply(([url, ownPath, ownMethod, body]: [string, string, string | undefined, unknown]) => ({
            kind: "request" as const,
            // Not by `new URL`: a function's own URL has a path, and a path in front of a host is another host.
            url: url.replace(/\/+$/, "") + ownPath,
            ...(ownMethod !== undefined && { method: ownMethod }),
            ...(body !== undefined && { body }),
        }));
}

function letIn(
    service: CheckedService,
    name: string,
    args: ServiceSmokeCheckArgs,
    account: GrantedAccount,
): pulumi.Output<Probe[]> {
    const expect = expectationOf(service, "smokeCheck.expect", args.expect, account.email);
    return pulumi
        .all([requestOf(service, args), service.audience, account.email, expect, refsOf([account.grant])])
        .apply(([request, audience, serviceAccount, expected, own]): Probe[] => [
            {
                ...request,
                name: `probe account → ${name}`,
                credential: { kind: "idToken", serviceAccount, audience },
                outcome: "allowed",
                ...(expected !== undefined && { expect: expected }),
                grants: own,
            },
        ]);
}

/** What is denied although Google signed the token: for another audience, ended, or of who may not call. */
function deniedTokens(
    service: CheckedService,
    name: string,
    args: ServiceSmokeCheckArgs,
    resource: pulumi.Output<string>,
    other: ProbeAccount,
    caller: ProbeAccount | undefined,
    stranger: ProbeAccount | undefined,
): pulumi.Output<Probe[]> {
    return pulumi
        .all([requestOf(service, args), service.audience, resource, other.email, caller?.email, stranger?.email])
        .apply(([request, audience, receiver, any, granted, ungranted]): Probe[] => {
            const denied = (
                what: string,
                deniedStatus: number,
                credential: RequestProbe["credential"],
            ): RequestProbe => ({
                ...request,
                name: `${what} → ${name}`,
                credential,
                outcome: "denied",
                deniedStatus: [deniedStatus],
                resource: receiver,
            });
            const elsewhere = { kind: "idToken", serviceAccount: any, audience: "https://denied.invalid" } as const;
            return [
                denied("token for another audience", 401, elsewhere),
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
