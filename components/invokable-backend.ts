import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, checkOneOf, curlCommand, knownProject, refuseTransform, targetData, watched } from "./base";
import { checkService, grantInfos, type SmokeCheck } from "./checks";
import { type Grant, type GrantInfo, grantInvoker, refsOf } from "./grants";
import type { InvokableBackendArgs, InvokableBackendOptions } from "./invokable-backend-args";
import type { GrantResource } from "./grant-resource";
import { Ingress, type Target, TargetKind } from "./target";
import {
    allowPrograms,
    existingBackend,
    type ExistingBackendArgs,
    makeBackend,
    providerProject,
    takesExisting,
} from "./workloads";
import { defined } from "../common";

/** What may be said about an existing application; all else would configure one that is made. */
const OF_EXISTING = ["iapClientId", "url", "ingress", "programmaticAccess", "smokeCheck"];

/**
 * An application behind Identity-Aware Proxy (IAP): a Cloud Run service with IAP in front of it, or a backend that exists
 * already. Programs get in by an ID token for the application's client ID, which must be allowed for programmatic access.
 * https://cloud.google.com/iap/docs/authentication-howto
 * @throws ResourceError if an argument cannot be used
 * @example
 * new InvokableBackend("erp", { iapClientId, url: "https://erp.example.com", existing: { backendService: "erp" } });
 */
export class InvokableBackend extends pulumi.ComponentResource implements Target {
    /** Always `iap`. */
    readonly kind: TargetKind;
    /** The URL that callers use. */
    readonly url: pulumi.Output<string>;
    /** The client ID of IAP, which is the audience that tokens must have. */
    readonly audience: pulumi.Output<string>;
    /** The Cloud Run service. It is undefined for an application that exists already. */
    readonly service?: cloudrunv2.Service;
    /** The email address of the account that the application runs as. It is undefined for one that exists already. */
    readonly serviceAccountEmail?: pulumi.Output<string>;
    /** That account as an IAM member, `serviceAccount:EMAIL`: for `enqueuers`, `publishers` and the like. */
    readonly member?: pulumi.Output<string>;
    /** What callers get their grants on. */
    readonly resource: GrantResource;
    /** Who can reach the application over the network. */
    readonly ingress: Ingress;
    /** What the application's account may do on what it invokes. */
    readonly grants: GrantInfo[];
    /** A shell command that calls it as an account with a grant, because IAP accepts no token of a user's own. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    /** All of that as plain data: what a program in another language passes to a caller's `target` or `targets`. */
    readonly target: Target;

    constructor(name: string, args: InvokableBackendArgs, opts?: InvokableBackendOptions) {
        super("pulumi-gcp-invoke:index:InvokableBackend", name, {}, watched(opts));
        checkClientId(this, args.iapClientId);
        const exists = takesExisting(this, args, OF_EXISTING, ["image", "location"]);
        if (exists) {
            refuseTransform(this, opts?.transform);
        }
        this.kind = TargetKind.Iap;
        this.ingress = checkOneOf(this, "ingress", args.ingress ?? (exists ? Ingress.All : Ingress.Internal), Ingress);
        this.audience = pulumi.output(args.iapClientId);
        const { url, resource, service, email, grants, access } = args.existing
            ? existingBackend(this, args.url, args.existing)
            : makeBackend(this, name, args, this.ingress, opts?.transform);
        this.url = url;
        this.resource = resource;
        if (service !== undefined && email !== undefined) {
            this.service = service;
            this.serviceAccountEmail = email;
            this.member = pulumi.interpolate`serviceAccount:${email}`;
        }
        this.grants = grantInfos(grants);
        const forPrograms = args.programmaticAccess ?? !exists;
        if (forPrograms) {
            allowPrograms(this, name, args.iapClientId, resource);
        }
        this.invokeCommand = curlCommand(
            url,
            args.smokeCheck,
            pulumi.interpolate`gcloud auth print-identity-token --impersonate-service-account=ACCOUNT --include-email --audiences=${this.audience}`,
        );
        this.smokeCheck = checkService(this, name, args.smokeCheck, grants, {
            place: args,
            project: projectOfResource(this),
            revision: service?.latestReadyRevision ?? url,
            ...defined({ account: service?.template.apply(({ serviceAccount }) => serviceAccount) }),
            invokes: args.invokes,
            members: [["IAP", access]],
        });
        this.target = targetData(this);
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            ...defined({ service: this.service, serviceAccountEmail: this.serviceAccountEmail, member: this.member }),
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * An application that exists already, as a target.
     * @param name The name of the component.
     * @param existing Which application it is.
     * @param args The URL that callers use, and IAP's client ID.
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
     * Lets a member through IAP.
     * @param name The resource name of the grant.
     * @param member An IAM member, such as `serviceAccount:caller@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`
     * @example erp.grantInvoke("support", "group:support@example.com")
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        return grantInvoker(this, name, member, projectOfResource(this), opts);
    }
}

/** The project of the application; the provider's own by default. */
function projectOfResource(component: InvokableBackend): pulumi.Output<string> {
    return pulumi.output(knownProject(component, component.resource.project) ?? providerProject(component));
}

function checkClientId(component: pulumi.Resource, id: string | undefined): void {
    if (id === undefined || !/^[\w-]+\.apps\.googleusercontent\.com$/.test(id)) {
        const reason = `"${id ?? ""}" is no client ID; it looks like 123-abc.apps.googleusercontent.com`;
        throw argumentError(component, "iapClientId", reason);
    }
}
