import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "./errors";
import { takesExisting } from "./existing";
import { type ExistingFunctionArgs, existingFunction } from "./function-existing";
import { type FunctionBuildArgs } from "./function-build";
import { type FoundFunction, makeFunction } from "./function-made";
import type { FunctionTriggerArgs } from "./function-trigger";
import { type Grant, type GrantInfo, refsOf } from "./grant";
import { grantInvoker } from "./members";
import { checkIngress, type VpcArgs } from "./run-service";
import { checkService, type ServiceSmokeCheckArgs } from "./service-check";
import { grantInfos, type SmokeCheck } from "./smoke-check";
import { type GrantResource, Ingress, type Target, type TargetKind } from "./target";

/** Arguments of {@link InvokableFunction}. */
export interface InvokableFunctionArgs {
    /** The folder of the source, such as `./resize`. Needed unless the function exists. */
    source?: string;
    /** Such as `nodejs22` or `python312`. Needed unless the function exists. */
    runtime?: pulumi.Input<string>;
    /** The function in the source. Needed unless the function exists. */
    entryPoint?: pulumi.Input<string>;
    /** The region, such as `europe-west1`. Needed unless the function exists. */
    location?: pulumi.Input<string>;
    /** A function that others made, instead of one of its own; of the 1st generation only such. */
    existing?: ExistingFunctionArgs;
    /** The event that invokes it; then nobody calls it directly. @default - it is called by HTTP */
    trigger?: FunctionTriggerArgs;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** The function's name. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** Environment variables. */
    env?: { [name: string]: pulumi.Input<string> };
    /** Who reaches it over the network. @default - internal; of an existing one, all */
    ingress?: Ingress;
    /** An account to run as that exists, by its email address. @default - one of its own */
    serviceAccount?: pulumi.Input<string>;
    /** The name of its own account, 6 to 30 characters. @default - made from the component's name */
    accountId?: pulumi.Input<string>;
    /** @default - an account and a repository of its own */
    build?: FunctionBuildArgs;
    /** Memory of an instance, such as `512Mi`. @default - Cloud Run functions' */
    memory?: pulumi.Input<string>;
    /** How long a request may take, in seconds. @default 60 */
    timeoutSeconds?: pulumi.Input<number>;
    /** @default - Cloud Run functions' */
    maxInstances?: pulumi.Input<number>;
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether the APIs that it needs are enabled in the project, and stay so when it is gone. @default false */
    enableApis?: boolean;
    /** What the function calls, by name, as {@link InvokableServiceArgs}' `invokes`. */
    invokes?: { [name: string]: Target };
    /** The network that its requests leave by: needed to reach services with internal ingress. */
    vpc?: VpcArgs;
    /** @default - refused calls only */
    smokeCheck?: ServiceSmokeCheckArgs;
}

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
