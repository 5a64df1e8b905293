import * as workflows from "@pulumi/gcp/workflows";
import * as pulumi from "@pulumi/pulumi";
import type { GrantRef, Probe } from "../../smoke";
import { argumentError, checkPath } from "../base";
import { enableApis, type Grant, refsOf } from "../grants";
import type { InsidePlace } from "./inside-probe";
import { type Target, TargetKind } from "../target";
import { checkSentToken, targetAudience } from "../wiring";
import { defined } from "../../common";

/** A call of a service to a target, which its check makes as the service's own account. */
interface OwnCall {
    key: string;
    url: string;
    audience: string;
}

/** What a service invokes, and as whom. */
export interface OwnCalls {
    /** The paths to request, by the names of the targets. */
    calls: { [target: string]: string };
    invokes: Record<string, Target>;
    account: pulumi.Output<string> | undefined;
    grants: Grant[];
    place: InsidePlace;
}

/**
 * Probes that request what a service invokes, as the account of the service. A workflow that runs as this account makes them:
 * whoever deploys gets a status, and no token of the account. The workflow requests these URLs and no others.
 * @throws ResourceError if a call is of no target, or carries no ID token
 */
export function ownCallProbes(
    component: pulumi.Resource,
    name: string,
    { calls, invokes, account, grants, place }: OwnCalls,
): pulumi.Output<Probe[]> {
    const keys = Object.keys(calls);
    if (keys.length === 0) {
        return pulumi.output([]);
    }
    if (account === undefined || place.location === undefined) {
        throw argumentError(component, "smokeCheck.calls", "is of a service that the component makes; leave it out");
    }
    const known = pulumi.all(keys.map((key) => ownCall(component, key, calls[key] ?? "", invokes[key])));
    const options = defined({ project: place.project, enableApis: place.enableApis });
    const workflow = new workflows.Workflow(
        `${name}-calls`,
        {
            region: place.location,
            description: `requests what ${name} invokes, as its account, for its smoke check`,
            sourceContents: known.apply(sourceOf),
            serviceAccount: account,
            deletionProtection: false,
            ...defined({ project: place.project }),
        },
        {
            parent: component,
            dependsOn: enableApis(component, `${name}-calls`, options, ["workflows", "workflowexecutions"]),
        },
    );
    return pulumi
        .all([known, workflow.id, account, refsOf(grants)])
        .apply(([each, id, serviceAccount, refs]) =>
            each.map((call) => probeOf(name, call, { workflow: id, serviceAccount }, refs)),
        );
}

function ownCall(
    component: pulumi.Resource,
    key: string,
    path: string,
    target: Target | undefined,
): pulumi.Output<OwnCall> {
    const argument = `smokeCheck.calls.${key}`;
    if (target === undefined) {
        throw argumentError(component, argument, "is none of invokes; name one of them");
    }
    if ([TargetKind.GoogleApi, TargetKind.External, TargetKind.Job].includes(target.kind)) {
        throw argumentError(
            component,
            argument,
            `is of the kind ${target.kind}, which checks no ID token; leave it out`,
        );
    }
    checkSentToken(component, argument, target, "smoke check");
    checkPath(component, argument, path);
    return pulumi
        .all([target.url, targetAudience(target)])
        .apply(([root, audience]) => ({ key, url: root.replace(/\/+$/, "") + path, audience }));
}

/** The workflow takes the URL that it is to request, and returns the status of the answer. */
function sourceOf(calls: OwnCall[]): string {
    const choices = calls.map(({ url, audience }, index) => ({
        condition: `\${args.url == ${JSON.stringify(url)}}`,
        steps: [
            {
                [`call_${index + 1}`]: {
                    try: {
                        call: "http.get",
                        args: { url, timeout: 60, auth: { type: "OIDC", audience } },
                        result: "answer",
                    },
                    except: {
                        as: "error",
                        steps: [{ [`refused_${index + 1}`]: { assign: [{ answer: "${error}" }] } }],
                    },
                },
            },
        ],
        next: "done",
    }));
    const steps = [
        { choose: { switch: choices } },
        { other: { raise: "it requests only what the service invokes" } },
        { done: { return: { statuses: ['${map.get(answer, "code")}'] } } },
    ];
    return JSON.stringify({ main: { params: ["args"], steps } }, undefined, 2);
}

function probeOf(
    name: string,
    { key, url, audience }: OwnCall,
    inside: { workflow: string; serviceAccount: string },
    refs: GrantRef[],
): Probe {
    const { serviceAccount } = inside;
    return {
        ...{ kind: "request", name: `${name} → ${key}`, url, outcome: "allowed" },
        ...{ credential: { kind: "idToken", serviceAccount, audience }, inside },
        grants: refs.filter(({ label }) => label === key),
    };
}
