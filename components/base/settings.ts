import * as pulumi from "@pulumi/pulumi";
import { defined } from "../../common";

/** What happens when a smoke check fails: the stack's config `gcp-invoke:smoke`. */
export type SmokeMode = "enforce" | "warn" | "off";

/**
 * What the stack's config says about failing smoke checks.
 * @throws RunError if it says something that is not a {@link SmokeMode}
 */
export function smokeMode(): SmokeMode {
    const mode = new pulumi.Config("gcp-invoke").get("smoke") ?? "enforce";
    if (mode === "enforce" || mode === "warn" || mode === "off") {
        return mode;
    }
    throw new pulumi.RunError(`gcp-invoke:smoke is "${mode}"; set it to enforce (the default), warn or off`);
}

/**
 * What the stack's config says about callers that nobody declared: `gcp-invoke:callers`.
 * @throws RunError if it says something else
 */
export function callersMode(): "warn" | "exactly" {
    const mode = new pulumi.Config("gcp-invoke").get("callers") ?? "warn";
    if (mode === "warn" || mode === "exactly") {
        return mode;
    }
    throw new pulumi.RunError(`gcp-invoke:callers is "${mode}"; set it to warn (the default) or exactly`);
}

/**
 * What the stack's config `gcp-invoke:inside` says: whether denials of what has internal ingress are tried from inside;
 * undefined if it says nothing.
 * @throws ConfigTypeError if it says neither true nor false
 */
export function insideMode(): boolean | undefined {
    return new pulumi.Config("gcp-invoke").getBoolean("inside");
}

/** The folder for reports, from the stack's config `gcp-invoke:reports`: each component writes a `NAME.json` there. */
export function reportFolder(): string | undefined {
    return new pulumi.Config("gcp-invoke").get("reports");
}

/**
 * The project of a component's resources, if it is known before they are made, so that a preview can use it for checks.
 * @param given The project in the component's arguments.
 */
export function knownProject(
    component: pulumi.Resource,
    given: pulumi.Input<string> | undefined,
): pulumi.Input<string> | undefined {
    if (given !== undefined) {
        return given;
    }
    const provider = component.getProvider("gcp:index:x") as
        | { project?: pulumi.Output<string | undefined> }
        | undefined;
    // The settings of an explicit provider are its own. If they name no project, only the resources that it makes show which one it is.
    return provider === undefined ? new pulumi.Config("gcp").get("project") : undefined;
}

/** The credentials that the provider deploys with. The smoke check runs as the same principal. */
export interface ProviderIdentity {
    accessToken?: string;
    credentials?: string;
    impersonateServiceAccount?: string;
}

/**
 * The credentials of the component's own provider, or else those of the stack's config `gcp:…`. If neither has any, the
 * check finds them later as the provider does: in the environment, or as application default credentials.
 */
export function providerIdentity(component: pulumi.Resource): pulumi.Output<ProviderIdentity> {
    const provider = component.getProvider("gcp:index:x") as Partial<Record<string, pulumi.Input<string>>> | undefined;
    const config = new pulumi.Config("gcp");
    const setting = (key: string): pulumi.Input<string | undefined> =>
        provider ? provider[key] : config.getSecret(key);
    return pulumi
        .all([setting("accessToken"), setting("credentials"), setting("impersonateServiceAccount")])
        .apply(([accessToken, credentials, impersonateServiceAccount]) =>
            defined({ accessToken, credentials, impersonateServiceAccount }),
        );
}
