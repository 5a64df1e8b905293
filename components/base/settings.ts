import * as pulumi from "@pulumi/pulumi";

/** What happens when a smoke check fails: the stack's config `gcp-invoke:smoke`. */
export type SmokeMode = "enforce" | "warn" | "off";

/**
 * @throws RunError where the config says something else.
 */
export function smokeMode(): SmokeMode {
    const mode = new pulumi.Config("gcp-invoke").get("smoke") ?? "enforce";
    if (mode === "enforce" || mode === "warn" || mode === "off") {
        return mode;
    }
    throw new pulumi.RunError(`gcp-invoke:smoke is "${mode}"; set it to enforce (the default), warn or off`);
}

/** The folder that reports are written to, one `NAME.json` each: the stack's config `gcp-invoke:reports`. */
export function reportFolder(): string | undefined {
    return new pulumi.Config("gcp-invoke").get("reports");
}

/**
 * The project that a component's resources are in, where it is known without them: a preview can then check by it.
 * @param given What the component's arguments say.
 */
export function knownProject(
    component: pulumi.Resource,
    given: pulumi.Input<string> | undefined,
): pulumi.Input<string> | undefined {
    if (given !== undefined) {
        return given;
    }
    const provider = component.getProvider("gcp:index:x") as
        { project?: pulumi.Output<string | undefined> } | undefined;
    // A provider of one's own has settings of its own: those that say no project are told by what it makes.
    return provider === undefined ? new pulumi.Config("gcp").get("project") : undefined;
}

/** The credentials that the provider deploys with: the check runs as the same principal. */
export interface ProviderIdentity {
    accessToken?: string;
    credentials?: string;
    impersonateServiceAccount?: string;
}

/**
 * From the provider that the component was given, else from the stack's config `gcp:…`. What is in neither (environment,
 * application default credentials) is found later, as the provider finds it.
 */
export function providerIdentity(component: pulumi.Resource): pulumi.Output<ProviderIdentity> {
    const provider = component.getProvider("gcp:index:x") as Partial<Record<string, pulumi.Input<string>>> | undefined;
    const config = new pulumi.Config("gcp");
    const setting = (key: string): pulumi.Input<string | undefined> =>
        provider ? provider[key] : config.getSecret(key);
    return pulumi
        .all([setting("accessToken"), setting("credentials"), setting("impersonateServiceAccount")])
        .apply(([accessToken, credentials, impersonateServiceAccount]) => ({
            ...(accessToken !== undefined && { accessToken }),
            ...(credentials !== undefined && { credentials }),
            ...(impersonateServiceAccount !== undefined && { impersonateServiceAccount }),
        }));
}
