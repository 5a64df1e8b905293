import type * as apigateway from "@pulumi/gcp/apigateway";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, targetData, watched } from "./base";
import { grantInfos, type SmokeCheck } from "./checks";
import { checkGateway, exposeGateway, type InvokableGatewayArgs, type InvokableGatewayOptions } from "./gateway";
import { type Grant, type GrantInfo, grantInvoker, refsOf } from "./grants";
import type { GrantResource } from "./grant-resource";
import { type Target, TargetKind } from "./target";
import type { ExistingArgs } from "./workloads";
import { defined } from "../common";

/**
 * An API of API Gateway, with services, functions or applications behind it. The gateway calls its backends as an account of its
 * own, which alone has a grant on them. API Gateway asks no policy who may call, so the gateway takes only tokens that one
 * account signs, its signer: whoever has a grant on the signer may call, and everybody else is refused by the gateway itself.
 * https://cloud.google.com/api-gateway/docs/authenticate-service-account
 * @throws ResourceError if an argument cannot be used
 * @example
 * const orders = new InvokableService("orders", { image, location: "europe-west1", ingress: Ingress.All });
 * const api = new InvokableGateway("api", { location: "europe-west1", backends: { orders } });
 * new InvokableService("shop", { image, location: "europe-west1", invokes: { api } });
 */
export class InvokableGateway extends pulumi.ComponentResource implements Target {
    /** The root URL of the gateway, such as `https://api-1a2b3c.ew.gateway.dev`. */
    readonly url: pulumi.Output<string>;
    /** The audience that tokens must have. */
    readonly audience: pulumi.Output<string>;
    /** The email address of the account as which callers sign their tokens. It is undefined if the gateway takes ID tokens of Google's. */
    readonly signerEmail?: pulumi.Output<string>;
    /** The email address of the account that calls the backends. It is undefined for a gateway that exists already. */
    readonly serviceAccountEmail?: pulumi.Output<string>;
    /** That account as an IAM member, `serviceAccount:EMAIL`. */
    readonly member?: pulumi.Output<string>;
    /** The gateway itself. */
    readonly gateway: apigateway.Gateway;
    /** A shell command that calls the gateway as you. It works if you may sign as the signer. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the gateway's account may do on its backends. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;
    /** Always `api-gateway`. */
    readonly kind: TargetKind;
    /** What callers get their grants on: the account that signs. It is undefined if the gateway takes ID tokens of Google's. */
    readonly resource?: GrantResource;

    /** All of that as plain data: what a program in another language passes to a caller's `target` or `targets`. */
    readonly target: Target;

    constructor(name: string, args: InvokableGatewayArgs, opts?: InvokableGatewayOptions) {
        super("pulumi-gcp-invoke:index:InvokableGateway", name, {}, watched(opts));
        const found = exposeGateway(this, name, args, opts?.transform);
        const { gateway, audience, signer, resource, email, grants, sample, project } = found;
        this.kind = TargetKind.ApiGateway;
        this.gateway = gateway;
        this.url = pulumi.interpolate`https://${gateway.defaultHostname}`;
        this.audience = audience;
        if (email !== undefined) {
            this.serviceAccountEmail = email;
            this.member = pulumi.interpolate`serviceAccount:${email}`;
        }
        Object.assign(this, defined({ signerEmail: signer, resource }));
        this.grants = grantInfos(grants);
        this.invokeCommand = commandOf(this.url, audience, signer);
        this.smokeCheck = checkGateway(this, name, args.smokeCheck, {
            ...{ id: gateway.id, project, backends: args.backends ?? {}, grants },
            ...defined({ account: email, signer, sample }),
        });
        this.target = targetData(this);
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            gateway: this.gateway,
            ...defined({ signerEmail: signer, serviceAccountEmail: email, member: this.member }),
            invokeCommand: this.invokeCommand,
            grants: refsOf(grants),
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * A gateway that exists already, as a target.
     * @param name The name of the component.
     * @param existing Which gateway it is.
     * @param args What its document names as the audience, and as the issuer of tokens.
     * @example InvokableGateway.fromExisting("api", { name: "api", location: "europe-west1" }, { audience, signer })
     */
    static fromExisting(
        name: string,
        existing: ExistingArgs,
        args: { audience: pulumi.Input<string>; signer?: pulumi.Input<string>; idTokens?: boolean },
        opts?: pulumi.ComponentResourceOptions,
    ): InvokableGateway {
        return new InvokableGateway(name, { ...args, existing }, opts);
    }

    /**
     * Lets a member call the gateway, by a grant on the account that signs.
     * @param name The resource name of the grant.
     * @param member An IAM member, such as `serviceAccount:caller@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`, and if the gateway takes ID tokens of Google's
     * @example api.grantInvoke("support", "group:support@example.com")
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        if (this.resource === undefined) {
            const reason =
                "is of no use, because the gateway takes ID tokens of every account; its backends decide who may call";
            throw argumentError(this, "grantInvoke", reason);
        }
        return grantInvoker(this, name, member, pulumi.output(this.resource.project ?? ""), opts);
    }
}

/** The command signs a token by the IAM Credentials API, or mints an ID token of the user's account. */
function commandOf(
    url: pulumi.Output<string>,
    audience: pulumi.Output<string>,
    signer: pulumi.Output<string> | undefined,
): pulumi.Output<string> {
    const claims = pulumi.interpolate`{"iss":"${signer}","sub":"${signer}","aud":"${audience}","iat":'$(date +%s)',"exp":'$(($(date +%s)+3600))'}`;
    const token =
        signer === undefined
            ? pulumi.interpolate`gcloud auth print-identity-token --impersonate-service-account=ACCOUNT --include-email --audiences=${audience}`
            : pulumi.interpolate`echo '${claims}' | gcloud iam service-accounts sign-jwt --iam-account=${signer} - /dev/stdout`;
    return pulumi.interpolate`curl -H "Authorization: Bearer $(${token})" ${url}`;
}
