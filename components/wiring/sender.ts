import * as pulumi from "@pulumi/pulumi";
import { type Identity, identityOf, type IdentityArgs, type Grant, rolesOf, grantTargets } from "../grants";
import { argumentError } from "../base";
import { checkReachable } from "./reachable";
import { type Target, TargetKind } from "../target";

/** What a Google service sends with each request: a token that it mints as the caller's account. */
interface SenderToken {
    oidcToken?: { serviceAccountEmail: pulumi.Output<string>; audience: pulumi.Output<string> };
    oauthToken?: { serviceAccountEmail: pulumi.Output<string>; scope: string };
}

/** A service that calls one target in the name of an account: Cloud Scheduler, Cloud Tasks, Pub/Sub. */
export interface Sender {
    identity: Identity;
    grants: Grant[];
    token: SenderToken;
    /** The URL that is called. */
    url: pulumi.Output<string>;
}

/** What senders have in common. */
export interface SenderArgs extends IdentityArgs {
    target: Target;
    path?: pulumi.Input<string>;
}

const cloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

/**
 * The account, the grants and the token of a sender.
 * @param what Such as `schedule`, for names and messages.
 * @throws ResourceError where the sender cannot carry what the target wants.
 */
export function sender(component: pulumi.Resource, name: string, what: string, args: SenderArgs): Sender {
    const { target } = args;
    if (target.kind === TargetKind.External) {
        throw argumentError(
            component,
            "target",
            `a ${what} cannot carry a secret, and an external API wants one; ` +
                "let it call an AuthenticatedWorkflow or an InvokableService that does",
        );
    }
    if (typeof args.path === "string") {
        checkPath(component, args.path);
    }
    const roles = rolesOf(component, "target", target);
    const identity = identityOf(component, name, what, args);
    const grants = grantTargets(component, name, { target: { target, roles } }, identity);
    const url = pulumi.all([target.url, args.path ?? ""]).apply(([root, path]) => joined(component, root, path));
    return {
        identity,
        grants,
        token: tokenFor(component, target, identity.email),
        url: checkReachable(component, { target }, identity.project, url, "target"),
    };
}

function tokenFor(component: pulumi.Resource, target: Target, email: pulumi.Output<string>): SenderToken {
    if (target.kind !== TargetKind.GoogleApi) {
        return { oidcToken: { serviceAccountEmail: email, audience: audienceOf(target) } };
    }
    const [scope = cloudPlatform, ...more] = target.scopes ?? [];
    if (more.length > 0) {
        throw argumentError(
            component,
            "target.scopes",
            `${scope} and ${more.join(", ")}: one scope is all that can be sent; name the one that covers the call`,
        );
    }
    return { oauthToken: { serviceAccountEmail: email, scope } };
}

/** Always explicit: left out, it would be the whole URL with its path, which Cloud Run does not accept. */
export function audienceOf(target: Target): pulumi.Output<string> {
    if (target.audience !== undefined) {
        return pulumi.output(target.audience);
    }
    return pulumi
        .output(target.url)
        .apply((url) => (target.kind === TargetKind.Function ? url.replace(/\/+$/, "") : new URL(url).origin));
}

function checkPath(component: pulumi.Resource, path: string): void {
    if (path !== "" && !path.startsWith("/")) {
        throw argumentError(component, "path", `"${path}" does not begin with a slash; write "/${path}"`);
    }
}

function joined(component: pulumi.Resource, root: string, path: string): string {
    checkPath(component, path);
    if (!root.startsWith("https://")) {
        throw argumentError(component, "target.url", `"${root}" is not an https: URL, and tokens go over nothing else`);
    }
    return root.replace(/\/+$/, "") + path;
}
