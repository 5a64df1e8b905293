import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { curlCommand, targetData, watched } from "./base";
import { checkService, grantInfos, type SmokeCheck } from "./checks";
import { type Grant, type GrantInfo, grantInvoker, refsOf } from "./grants";
import type { InvokableServiceArgs, InvokableServiceOptions } from "./invokable-service-args";
import type { GrantResource } from "./grant-resource";
import { type Ingress, type Target, TargetKind } from "./target";
import { type ExistingArgs, exposeService } from "./workloads";

/**
 * A Cloud Run service that only those can invoke who got a grant. It has an account of its own, internal ingress unless you
 * say otherwise, and never a grant to `allUsers`. Pass it to a caller as a target.
 * @throws ResourceError if an argument cannot be used
 * @example
 * const orders = new InvokableService("orders", { image: "europe-docker.pkg.dev/acme/shop/orders:1", location: "europe-west1" });
 */
export class InvokableService extends pulumi.ComponentResource implements Target {
    /** The root URL of the service. */
    readonly url: pulumi.Output<string>;
    /** The audience that an ID token for the service must have. */
    readonly audience: pulumi.Output<string>;
    /** The email address of the account that the service runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** That account as an IAM member, `serviceAccount:EMAIL`: for `enqueuers`, `publishers` and the like. */
    readonly member: pulumi.Output<string>;
    /** The service itself. */
    readonly service: cloudrunv2.Service;
    /** A shell command that calls the service as you. It works if you have a grant. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the service's account may do on what the service invokes. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;
    /** Always `run`. */
    readonly kind: TargetKind;
    /** Whether `audience` is the service's own URL. */
    readonly audienceIsUrl: boolean;
    /** What callers get their grants on. */
    readonly resource: GrantResource;
    /** The root URL in each region of a multi-region service; undefined for one that is in one region. */
    readonly regions?: { [region: string]: pulumi.Output<string> };
    /** Who can reach the service over the network. */
    readonly ingress: Ingress;

    /** All of that as plain data: what a program in another language passes to a caller's `target` or `targets`. */
    readonly target: Target;

    constructor(name: string, args: InvokableServiceArgs, opts?: InvokableServiceOptions) {
        super("pulumi-gcp-invoke:index:InvokableService", name, {}, watched(opts));
        this.kind = TargetKind.Run;
        const exposed = exposeService(this, name, args, opts?.transform);
        const { service, grants, email } = exposed;
        this.service = service;
        this.ingress = exposed.ingress;
        this.grants = grantInfos(grants);
        this.url = exposed.url;
        this.audienceIsUrl = exposed.audienceIsUrl;
        this.audience = exposed.audience;
        this.serviceAccountEmail = email;
        this.member = pulumi.interpolate`serviceAccount:${email}`;
        this.resource = exposed.resource;
        if (exposed.regions !== undefined) {
            this.regions = exposed.regions;
        }
        this.invokeCommand = curlCommand(this.url, args.smokeCheck);
        this.smokeCheck = checkService(this, name, args.smokeCheck, grants, exposed.revision);
        this.target = targetData(this);
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            service: this.service,
            invokeCommand: this.invokeCommand,
            grants: refsOf(grants),
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * A service that exists already, as a target.
     * @param name The name of the component.
     * @param existing Which service it is.
     * @example InvokableService.fromExisting("orders", { name: "orders", location: "europe-west1" })
     */
    static fromExisting(
        name: string,
        existing: ExistingArgs,
        opts?: pulumi.ComponentResourceOptions,
    ): InvokableService {
        return new InvokableService(name, { existing }, opts);
    }

    /**
     * Lets a member invoke the service.
     * @param name The resource name of the grant.
     * @param member An IAM member, such as `serviceAccount:caller@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`
     * @example orders.grantInvoke("support", "group:support@example.com")
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        return grantInvoker(this, name, member, this.service.project, opts);
    }
}
