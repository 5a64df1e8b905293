import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "./errors";
import { type GrantResource, GrantResourceType, type Target, TargetKind } from "./target";

/** Arguments of {@link InvokableBackend}. */
export interface InvokableBackendArgs {
    /** The URL that callers use, such as `https://erp.example.com`. */
    url: pulumi.Input<string>;
    /** The OAuth client ID of IAP, which tokens must be for, such as `123-abc.apps.googleusercontent.com`. */
    iapClientId: string;
    /** A backend service in front of GKE, Compute Engine or on-premises, by its name. */
    backendService?: pulumi.Input<string>;
    /** A Cloud Run service with IAP of its own, by its name. */
    cloudRunService?: pulumi.Input<string>;
    /** The region of the Cloud Run service. */
    location?: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
}

/**
 * An application that exists behind Identity-Aware Proxy. Programs get in by the application's client ID; Google's own
 * client must first be allowed for programmatic access (`iap.Settings`, `oauthSettings.programmaticClients`).
 * https://cloud.google.com/iap/docs/authentication-howto
 * @example new InvokableBackend("erp", { url: "https://erp.example.com", iapClientId, backendService: "erp" });
 */
export class InvokableBackend extends pulumi.ComponentResource implements Target {
    readonly kind: TargetKind;
    readonly url: pulumi.Output<string>;
    /** IAP's client ID. */
    readonly audience: pulumi.Output<string>;
    readonly resource: GrantResource;

    constructor(name: string, args: InvokableBackendArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:InvokableBackend", name, {}, opts);
        if (!/^[\w-]+\.apps\.googleusercontent\.com$/.test(args.iapClientId)) {
            throw argumentError(
                this,
                "iapClientId",
                `"${args.iapClientId}" is no client ID; it looks like 123-abc.apps.googleusercontent.com`,
            );
        }
        this.kind = TargetKind.Iap;
        this.url = pulumi.output(args.url);
        this.audience = pulumi.output(args.iapClientId);
        this.resource = resourceOf(this, args);
        this.registerOutputs({ url: this.url, audience: this.audience });
    }
}

function resourceOf(component: pulumi.Resource, args: InvokableBackendArgs): GrantResource {
    const project = args.project === undefined ? {} : { project: args.project };
    if ((args.backendService === undefined) === (args.cloudRunService === undefined)) {
        throw argumentError(
            component,
            "backendService",
            "give either backendService or cloudRunService, and one of them only",
        );
    }
    if (args.backendService !== undefined) {
        return { type: GrantResourceType.IapBackendService, name: args.backendService, ...project };
    }
    if (args.location === undefined) {
        throw argumentError(
            component,
            "location",
            "a Cloud Run service is in a region, and none is named; add location",
        );
    }
    return {
        type: GrantResourceType.IapRunService,
        name: args.cloudRunService ?? "",
        location: args.location,
        ...project,
    };
}
