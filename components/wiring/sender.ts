import * as pulumi from "@pulumi/pulumi";
import { bindingsOf, enableApis, type Grant, grantTargets, identityOf, rolesOf } from "../grants";
import { argumentError, checkPath } from "../base";
import type { SenderArgs } from "../caller-args";
import { checkReachable } from "./reachable";
import { type Target, TargetKind } from "../target";
import { untagged } from "../../common";
import { checkSentToken } from "./token-header";

/** The token that a Google service mints as the caller's account and sends with each request. */
interface SenderToken {
    oidcToken?: { serviceAccountEmail: pulumi.Output<string>; audience: pulumi.Output<string> };
    oauthToken?: { serviceAccountEmail: pulumi.Output<string>; scope: string };
}

/** A caller for which a Google service sends the requests: Cloud Scheduler, Cloud Tasks or Pub/Sub. */
export interface Sender {
    target: Target;
    /** The URL that is called. */
    url: pulumi.Output<string>;
    /** The email address of the account that it calls as. */
    account: pulumi.Output<string>;
    /** The project of the sender. */
    project: pulumi.Output<string>;
    token: SenderToken;
    /** What that account may do on the target. */
    grants: Grant[];
    /** The APIs that the component enabled. */
    apis: pulumi.Resource[];
    /** What must be there before the first request is sent. */
    dependsOn: pulumi.Resource[];
}

/** What is added to the URL of a job to run it: https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs/run */
const RUN_JOB = ":run";

const CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

/**
 * Makes what all senders have in common: the account, its grants on the target, the APIs, and the token for the target.
 * @param kind What the component is, such as `schedule`, for names and messages, and the APIs that it needs.
 * @throws ResourceError if the sender cannot carry the credential that the target requires, or does not reach it
 */
export function sender(
    component: pulumi.Resource,
    name: string,
    { what, apis }: { what: string; apis: string[] },
    args: SenderArgs,
): Sender {
    const { target } = args;
    if (target.kind === TargetKind.External) {
        throw argumentError(
            component,
            "target",
            `a ${what} cannot carry a secret, and an external API wants one; ` +
                "let it call an AuthenticatedWorkflow or an InvokableService that does",
        );
    }
    checkSentToken(component, "target", target, what);
    if (target.kind === TargetKind.Job && args.path !== undefined) {
        throw argumentError(component, "path", "is for what answers requests, and a job is run; leave it out");
    }
    if (typeof args.path === "string") {
        checkOwnPath(component, args.path);
    }
    const roles = rolesOf(component, "target", target);
    const identity = identityOf(component, name, what, args, [target]);
    const grants = grantTargets(component, name, { target: { target, roles } }, identity);
    const url = pulumi
        .all([target.url, target.kind === TargetKind.Job ? RUN_JOB : (args.path ?? "")])
        .apply(([root, path]) => joined(component, root, path));
    const enabled = enableApis(component, name, args, apis);
    return {
        ...{
            target,
            account: identity.email,
            project: identity.project,
            token: tokenFor(component, target, identity.email),
        },
        url: checkReachable(component, { target }, identity.project, url, "target"),
        ...{ grants, apis: enabled, dependsOn: bindingsOf(enabled, grants) },
    };
}

function tokenFor(component: pulumi.Resource, target: Target, email: pulumi.Output<string>): SenderToken {
    if (target.kind !== TargetKind.GoogleApi && target.kind !== TargetKind.Job) {
        return { oidcToken: { serviceAccountEmail: email, audience: targetAudience(target) } };
    }
    const [scope = CLOUD_PLATFORM, ...more] = target.scopes ?? [];
    if (more.length > 0) {
        throw argumentError(
            component,
            "target.scopes",
            `${scope} and ${more.join(", ")}: one scope is all that can be sent; name the one that covers the call`,
        );
    }
    return { oauthToken: { serviceAccountEmail: email, scope } };
}

/**
 * The audience of an ID token for a target. It is always given explicitly: if it is left out, Google takes the whole URL
 * with its path, which Cloud Run does not accept.
 */
export function targetAudience(target: Target): pulumi.Output<string> {
    if (target.audience !== undefined) {
        return pulumi.output(target.audience);
    }
    return pulumi
        .output(target.url)
        .apply((url) => (target.kind === TargetKind.Function ? url.replace(/\/+$/, "") : rootOf(new URL(url))));
}

/** A sender may have no path. */
function checkOwnPath(component: pulumi.Resource, path: string): void {
    if (path !== "") {
        checkPath(component, "path", path);
    }
}

function joined(component: pulumi.Resource, root: string, path: string): string {
    if (path !== RUN_JOB) {
        checkOwnPath(component, path);
    }
    if (!root.startsWith("https://")) {
        throw argumentError(component, "target.url", `"${root}" is not an https: URL, and tokens go over nothing else`);
    }
    return root.replace(/\/+$/, "") + path;
}

const rootOf = ({ protocol, host }: URL): string => `${protocol}//${untagged(host)}`;
