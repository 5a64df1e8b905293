import * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../smoke";
import { policyUrl } from "./binding";
import { gate } from "./gate";
import type { Grant } from "./grant";
import { type ProbeAccount, probeAccount } from "./probe-account";
import { deniedProbes, policyProbes, type SmokeCheckOptions, smokeSpec } from "./smoke-check";
import { Ingress, type Target } from "./target";

/** What must come back from a service. */
export interface ServiceExpectation {
    /** @default - any status below 400 */
    status?: pulumi.Input<number>;
    /** What the JSON answer must hold, as a deep subset. @default - anything */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    result?: pulumi.Input<any>;
}

/** The smoke check of a service. Without a path it never reaches the service's code. */
export interface ServiceSmokeCheckArgs extends SmokeCheckOptions {
    /**
     * The path that is requested with the ID token of a probe account, such as `/healthz`; retries repeat the request.
     * @default - no request is let in, only refused ones are made
     */
    path?: pulumi.Input<string>;
    /** @default "GET" */
    method?: pulumi.Input<string>;
    /** What the answer must be. */
    expect?: ServiceExpectation;
    /**
     * Who may mint ID tokens as the probe account: the principal that deploys, such as `user:ann@example.com`. An owner of
     * the project may not by that alone.
     * @default - nobody: the request is then reported as not tried
     */
    probeMinters?: pulumi.Input<string>[];
}

/** A service or function as its check sees it. */
export interface CheckedService extends pulumi.Resource, Target {
    url: pulumi.Output<string>;
    audience: pulumi.Output<string>;
    ingress: Ingress;
    serviceAccountEmail: pulumi.Output<string>;
}

/** What a check rests on: another revision is checked again. */
export interface Revision {
    resource: pulumi.Resource;
    project: pulumi.Output<string>;
    revision: pulumi.Output<string>;
}

/** The spec of a service, and the gate where there is something to try. */
export function checkService(
    service: CheckedService,
    name: string,
    args: ServiceSmokeCheckArgs,
    grants: Grant[],
    { resource, project, revision }: Revision,
): pulumi.Output<unknown> {
    const account = args.path === undefined ? undefined : probeAccount(service, name, service, args.probeMinters ?? []);
    const probes: pulumi.Input<Probe[]>[] = [deniedProbes(name, service, project), policyProbes(name, grants)];
    if (account !== undefined)
        probes.push(requests(service, name, args, account, policyUrl(service.resource, project)));
    const fingerprint = { revision, account: service.serviceAccountEmail };
    const spec = smokeSpec(name, project, fingerprint, probes, args);
    // From an internal service nothing can be refused that comes from here: its callers' checks show what holds.
    const nothingToTry = service.ingress !== Ingress.All && grants.length === 0;
    if (args.enabled !== false && !nothingToTry) {
        gate(service, name, spec, [resource, ...grants.map(({ binding }) => binding), ...(account?.resources ?? [])]);
    }
    return spec;
}

function requests(
    service: CheckedService,
    name: string,
    args: ServiceSmokeCheckArgs,
    account: ProbeAccount,
    resource: pulumi.Output<string>,
): pulumi.Output<Probe[]> {
    const { path, method, expect } = args;
    return pulumi
        .all([
            service.url,
            service.audience,
            account.email,
            path ?? "/",
            method,
            pulumi.output(expect),
            account.grant.ref,
            resource,
        ])
        .apply(([url, audience, serviceAccount, ownPath, ownMethod, expected, grant, receiver]): Probe[] => {
            const request = {
                kind: "request" as const,
                url: new URL(ownPath, url).href,
                ...(ownMethod !== undefined && { method: ownMethod }),
            };
            return [
                {
                    ...request,
                    name: `probe account → ${name}`,
                    credential: { kind: "idToken", serviceAccount, audience },
                    outcome: "allowed",
                    ...(expected !== undefined && { expect: { ...expected } }),
                    grants: [grant],
                },
                {
                    ...request,
                    name: `token for another audience → ${name}`,
                    credential: { kind: "idToken", serviceAccount, audience: "https://denied.invalid" },
                    outcome: "denied",
                    deniedStatus: [401],
                    resource: receiver,
                },
            ];
        });
}
