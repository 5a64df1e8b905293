import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "./base";
import {
    takesExisting,
    existingFunction,
    type ExistingFunctionArgs,
    type InvokableFunctionArgs,
    type FoundFunction,
    makeFunction,
    checkIngress,
} from "./workloads";
import { type Grant, type GrantInfo, refsOf, grantInvoker } from "./grants";
import { checkService, type ServiceSmokeCheckArgs, grantInfos, type SmokeCheck } from "./checks";
import { type GrantResource, Ingress, type Target, type TargetKind } from "./target";

/**
 * A function of the 2nd generation that only those invoke who were granted it: on the Cloud Run service beneath, where
 * Google checks it. A function of the 1st generation is taken as it exists.
 * https://cloud.google.com/functions/docs/securing/authenticating
 * @example
 * const resize = new InvokableFunction("resize", { source: "./resize", runtime: "nodejs22", entryPoint: "resize", location });
 */
export class InvokableFunction extends pulumi.ComponentResource implements Target {
    /** The root URL: of the service beneath, for the 1st generation the function's own. */
    readonly url: pulumi.Output<string>;
    /** What an ID token for it must be for. */
    readonly audience: pulumi.Output<string>;
    /** The account that it runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** `serviceAccount:EMAIL` of that account: for `enqueuers`, `publishers` and the like. */
    readonly member: pulumi.Output<string>;
    readonly functionName: pulumi.Output<string>;
    /** A line to paste that calls it as you, where you were granted it. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What it may do on what it invokes. */
    readonly grants: GrantInfo[];
    readonly smokeCheck: SmokeCheck;
    readonly kind: TargetKind;
    readonly audienceIsUrl: boolean;
    readonly resource: GrantResource;
    readonly ingress: Ingress;
    readonly eventDriven: boolean;

    constructor(name: string, args: InvokableFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:InvokableFunction", name, {}, opts);
        const required = ["source", "runtime", "entryPoint", "location"];
        const exists = takesExisting(this, args, ["ingress", "smokeCheck"], required);
        this.ingress = checkIngress(this, args.ingress ?? (exists ? Ingress.All : Ingress.Internal));
        this.eventDriven = args.trigger !== undefined;
        const found: FoundFunction = args.existing
            ? existingFunction(this, name, args.existing, this.ingress)
            : makeFunction(this, name, args, this.ingress);
        this.kind = found.kind;
        this.url = found.url;
        this.audience = found.url;
        this.audienceIsUrl = true;
        this.resource = found.resource;
        this.functionName = found.name;
        this.serviceAccountEmail = found.email;
        this.member = pulumi.interpolate`serviceAccount:${found.email}`;
        this.grants = grantInfos(found.grants);
        this.invokeCommand = pulumi.interpolate`curl -H "Authorization: Bearer $(gcloud auth print-identity-token)" ${this.url}`;
        this.smokeCheck = {
            spec: checkService(this, name, this.checked(args), found.grants, {
                ...found.revision,
                account: found.email,
            }),
        };
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            functionName: this.functionName,
            invokeCommand: this.invokeCommand,
            grants: refsOf(found.grants),
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * A function that others made, as a target.
     * @example InvokableFunction.fromExisting("legacy", { name: "legacy", location: "europe-west1", generation: 1 })
     */
    static fromExisting(
        name: string,
        existing: ExistingFunctionArgs,
        opts?: pulumi.ComponentResourceOptions,
    ): InvokableFunction {
        return new InvokableFunction(name, { existing }, opts);
    }

    /**
     * Lets a member invoke the function.
     * @param name The grant's resource name.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`, and where the function has a trigger.
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        return grantInvoker(this, name, member, pulumi.output(this.resource.project ?? ""), opts);
    }

    private checked(args: InvokableFunctionArgs): ServiceSmokeCheckArgs {
        if (this.eventDriven && args.smokeCheck?.path !== undefined) {
            throw argumentError(this, "smokeCheck.path", "cannot be requested: only the trigger invokes the function");
        }
        return args.smokeCheck ?? {};
    }
}
