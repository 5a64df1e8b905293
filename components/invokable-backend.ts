import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as iap from "@pulumi/gcp/iap";
import * as organizations from "@pulumi/gcp/organizations";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, knownProject } from "./base";
import { takesExisting, checkIngress, makeService, type RunServiceArgs } from "./workloads";
import { type Grant, type GrantInfo, grantRoles, refsOf, grantInvoker, serviceAgent } from "./grants";
import { checkService, type ServiceSmokeCheckArgs, grantInfos, type SmokeCheck } from "./checks";
import { type GrantResource, GrantResourceType, Ingress, type Target, TargetKind } from "./target";

/** An application behind Identity-Aware Proxy that others made. */
export interface ExistingBackendArgs {
    /** A backend service in front of GKE, Compute Engine or on-premises, by its name. */
    backendService?: pulumi.Input<string>;
    /** A Cloud Run service with IAP of its own, by its name. */
    cloudRunService?: pulumi.Input<string>;
    /** The region of the Cloud Run service. */
    location?: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
}

/** Arguments of {@link InvokableBackend}. */
export interface InvokableBackendArgs extends RunServiceArgs {
    /** The OAuth client ID of IAP, which tokens must be for, such as `123-abc.apps.googleusercontent.com`. */
    iapClientId: string;
    /** The URL that callers use, such as `https://erp.example.com`. Needed where it exists. @default - the service's */
    url?: pulumi.Input<string>;
    /** An application that others made, instead of a Cloud Run service of its own. */
    existing?: ExistingBackendArgs;
    /** Who reaches it over the network. @default - internal; of an existing one, all */
    ingress?: Ingress;
    /**
     * Whether the client ID is allowed for programs in IAP's settings of the application, which are then this component's.
     * @default - true; of an existing one, false: others may have made settings
     */
    programmaticAccess?: boolean;
    /** @default - refused calls only */
    smokeCheck?: ServiceSmokeCheckArgs;
}

/**
 * An application behind Identity-Aware Proxy: a Cloud Run service of its own with IAP in front, or a backend that exists.
 * Programs get in by an ID token for the application's client ID, which must be allowed for programmatic access.
 * https://cloud.google.com/iap/docs/authentication-howto
 * @example
 * new InvokableBackend("erp", { iapClientId, url: "https://erp.example.com", existing: { backendService: "erp" } });
 */
export class InvokableBackend extends pulumi.ComponentResource implements Target {
    readonly kind: TargetKind;
    readonly url: pulumi.Output<string>;
    /** IAP's client ID. */
    readonly audience: pulumi.Output<string>;
    readonly resource: GrantResource;
    readonly ingress: Ingress;
    /** What it may do on what it invokes. */
    readonly grants: GrantInfo[];
    /** A line to paste that calls it as an account that was granted it; a user's own token is not accepted. */
    readonly invokeCommand: pulumi.Output<string>;
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: InvokableBackendArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:InvokableBackend", name, {}, opts);
        checkClientId(this, args.iapClientId);
        const allowed = ["iapClientId", "url", "ingress", "programmaticAccess", "smokeCheck"];
        const exists = takesExisting(this, args, allowed, ["image", "location"]);
        this.kind = TargetKind.Iap;
        this.ingress = checkIngress(this, args.ingress ?? (exists ? Ingress.All : Ingress.Internal));
        this.audience = pulumi.output(args.iapClientId);
        const found = args.existing ? existingBackend(this, args, args.existing) : this.make(name, args);
        this.url = found.url;
        this.resource = found.resource;
        this.grants = grantInfos(found.grants);
        const programs =
            (args.programmaticAccess ?? !exists)
                ? allowPrograms(this, name, args.iapClientId, this.resource)
                : undefined;
        this.invokeCommand = pulumi.interpolate`curl -H "Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=ACCOUNT --include-email --audiences=${this.audience})" ${this.url}`;
        this.smokeCheck = {
            spec: checkService(this, name, args.smokeCheck ?? {}, found.grants, {
                resource: programs ?? found.service,
                project: pulumi.output(knownProject(this, this.resource.project) ?? ownProject(this)),
                revision: found.service?.latestReadyRevision ?? found.url,
                others: ["IAP", found.access ?? []],
            }),
        };
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            grants: refsOf(found.grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * An application that others made, as a target.
     * @example InvokableBackend.fromExisting("erp", { backendService: "erp" }, { url: "https://erp.example.com", iapClientId })
     */
    static fromExisting(
        name: string,
        existing: ExistingBackendArgs,
        args: { url: pulumi.Input<string>; iapClientId: string; programmaticAccess?: boolean },
        opts?: pulumi.ComponentResourceOptions,
    ): InvokableBackend {
        return new InvokableBackend(name, { ...args, existing }, opts);
    }

    /**
     * Lets a member pass IAP.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`.
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        const project = pulumi.output(knownProject(this, this.resource.project) ?? ownProject(this));
        return grantInvoker(this, name, member, project, opts);
    }

    /** A Cloud Run service that IAP alone invokes. */
    private make(name: string, args: InvokableBackendArgs): Found {
        const { service, url, grants } = makeService(this, name, args, { ingress: this.ingress, iapEnabled: true });
        const place = { name: service.name, location: service.location, project: service.project };
        const access = grantRoles(
            this,
            `${name}-iap`,
            name,
            [{ role: "roles/run.invoker", resource: { type: GrantResourceType.RunService, ...place } }],
            { member: serviceAgent(this, name, "iap", service.project), project: service.project },
        );
        return {
            url: args.url === undefined ? url : pulumi.output(args.url),
            resource: { type: GrantResourceType.IapRunService, ...place },
            service,
            ...{ grants, access },
        };
    }
}

interface Found {
    url: pulumi.Output<string>;
    resource: GrantResource;
    /** Where it is the component's own. */
    service?: cloudrunv2.Service;
    grants: Grant[];
    /** IAP's own. */
    access?: Grant[];
}

function checkClientId(component: pulumi.Resource, id: string | undefined): void {
    if (id !== undefined && /^[\w-]+\.apps\.googleusercontent\.com$/.test(id)) {
        return;
    }
    throw argumentError(
        component,
        "iapClientId",
        `"${id ?? ""}" is no client ID; it looks like 123-abc.apps.googleusercontent.com`,
    );
}

function existingBackend(component: pulumi.Resource, args: InvokableBackendArgs, existing: ExistingBackendArgs): Found {
    const { backendService, cloudRunService, location } = existing;
    const project = existing.project === undefined ? {} : { project: existing.project };
    if (args.url === undefined) {
        throw argumentError(
            component,
            "url",
            "is missing; give the URL that callers use, such as https://erp.example.com",
        );
    }
    const found = { url: pulumi.output(args.url), grants: [] };
    if (backendService !== undefined && cloudRunService === undefined) {
        const resource = { type: GrantResourceType.IapBackendService, name: backendService, ...project };
        return { ...found, resource };
    }
    if (cloudRunService === undefined || backendService !== undefined) {
        throw argumentError(
            component,
            "existing",
            "give either backendService or cloudRunService, and one of them only",
        );
    }
    if (location === undefined) {
        throw argumentError(
            component,
            "existing.location",
            "a Cloud Run service is in a region, and none is named; add location",
        );
    }
    return {
        ...found,
        resource: { type: GrantResourceType.IapRunService, name: cloudRunService, location, ...project },
    };
}

/** IAP turns Google's own clients away unless they are allowed by name. */
function allowPrograms(
    component: pulumi.Resource,
    name: string,
    clientId: string,
    resource: GrantResource,
): iap.Settings {
    const project = organizations.getProjectOutput(
        resource.project === undefined ? {} : { projectId: resource.project },
        { parent: component },
    );
    const place =
        resource.location === undefined ? pulumi.output("compute") : pulumi.interpolate`cloud_run-${resource.location}`;
    return new iap.Settings(
        `${name}-programs`,
        {
            name: pulumi.interpolate`projects/${project.number}/iap_web/${place}/services/${resource.name}`,
            accessSettings: { oauthSettings: { programmaticClients: [clientId] } },
        },
        { parent: component },
    );
}

function ownProject(component: pulumi.Resource): pulumi.Output<string> {
    return organizations.getProjectOutput({}, { parent: component }).apply(({ projectId = "" }) => projectId);
}
