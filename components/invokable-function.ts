import type * as cloudfunctions from "@pulumi/gcp/cloudfunctions";
import type * as cloudfunctionsv2 from "@pulumi/gcp/cloudfunctionsv2";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, checkOneOf, curlCommand, refuseTransform, targetData, watched } from "./base";
import { checkService, grantInfos, type ServiceSmokeCheckArgs, type SmokeCheck } from "./checks";
import { type Grant, type GrantInfo, grantInvoker, refsOf } from "./grants";
import type { GrantResource } from "./grant-resource";
import { Ingress, type Target, type TargetKind } from "./target";
import {
    existingFunction,
    type ExistingFunctionArgs,
    type InvokableFunctionArgs,
    type InvokableFunctionOptions,
    makeFunction,
    takesExisting,
} from "./workloads";
import { defined } from "../common";

/**
 * A function of the 2nd generation that only those can invoke who got a grant. The grant is on the Cloud Run service beneath
 * the function, because Google checks it there. A function of the 1st generation can be used as it exists.
 * https://cloud.google.com/functions/docs/securing/authenticating
 * @throws ResourceError if an argument cannot be used
 * @example
 * const resize = new InvokableFunction("resize", { source: "./resize", runtime: "nodejs22", entryPoint: "resize", location });
 */
export class InvokableFunction extends pulumi.ComponentResource implements Target {
    /** The root URL: of the service beneath the function, and for the 1st generation the function's own. */
    readonly url: pulumi.Output<string>;
    /** The audience that an ID token for the function must have. */
    readonly audience: pulumi.Output<string>;
    /** The email address of the account that the function runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** That account as an IAM member, `serviceAccount:EMAIL`: for `enqueuers`, `publishers` and the like. */
    readonly member: pulumi.Output<string>;
    /** The function itself. It is undefined for a function of the 1st generation. */
    readonly function?: cloudfunctionsv2.Function;
    /** The function itself, if it is of the 1st generation. */
    readonly firstGeneration?: cloudfunctions.Function;
    /** The name of the function in Google Cloud. */
    readonly functionName: pulumi.Output<string>;
    /** A shell command that calls the function as you. It works if you have a grant. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the function's account may do on what the function invokes. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;
    /** `run`, or `function` for the 1st generation. */
    readonly kind: TargetKind;
    /** Always true: the audience is the function's own URL. */
    readonly audienceIsUrl: boolean;
    /** What callers get their grants on. */
    readonly resource: GrantResource;
    /** Who can reach the function over the network. */
    readonly ingress: Ingress;
    /** Whether only its trigger invokes the function, so that it cannot be a target. */
    readonly eventDriven: boolean;

    /** All of that as plain data: what a program in another language passes to a caller's `target` or `targets`. */
    readonly target: Target;

    constructor(name: string, args: InvokableFunctionArgs, opts?: InvokableFunctionOptions) {
        super("pulumi-gcp-invoke:index:InvokableFunction", name, {}, watched(opts));
        const required = ["source", "runtime", "entryPoint", "location"];
        const exists = takesExisting(this, args, ["ingress", "smokeCheck"], required);
        if (exists) {
            refuseTransform(this, opts?.transform);
        }
        this.ingress = checkOneOf(this, "ingress", args.ingress ?? (exists ? Ingress.All : Ingress.Internal), Ingress);
        this.eventDriven = args.trigger !== undefined;
        const found = args.existing
            ? existingFunction(this, name, args.existing, this.ingress)
            : makeFunction(this, name, args, this.ingress, opts?.transform);
        this.kind = found.kind;
        this.url = found.url;
        this.audience = found.url;
        this.audienceIsUrl = true;
        this.resource = found.resource;
        this.functionName = found.name;
        Object.assign(this, defined({ function: found.function, firstGeneration: found.firstGeneration }));
        this.serviceAccountEmail = found.email;
        this.member = pulumi.interpolate`serviceAccount:${found.email}`;
        this.grants = grantInfos(found.grants);
        this.invokeCommand = curlCommand(this.url, args.smokeCheck);
        const checked = {
            place: args.existing ?? args,
            ...found.revision,
            account: found.email,
            invokes: args.invokes,
        };
        this.smokeCheck = checkService(this, name, checkedOptions(this, args), found.grants, checked);
        this.target = targetData(this);
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            functionName: this.functionName,
            ...defined({ function: this.function, firstGeneration: this.firstGeneration }),
            invokeCommand: this.invokeCommand,
            grants: refsOf(found.grants),
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * A function that exists already, as a target.
     * @param name The name of the component.
     * @param existing Which function it is.
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
     * @param name The resource name of the grant.
     * @param member An IAM member, such as `serviceAccount:caller@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`, and if the function has a trigger
     * @example resize.grantInvoke("support", "group:support@example.com")
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        return grantInvoker(this, name, member, pulumi.output(this.resource.project ?? ""), opts);
    }
}

function checkedOptions(
    component: InvokableFunction,
    { smokeCheck }: InvokableFunctionArgs,
): ServiceSmokeCheckArgs | undefined {
    if (component.eventDriven && smokeCheck?.path !== undefined) {
        const reason = "cannot be requested: only the trigger invokes the function";
        throw argumentError(component, "smokeCheck.path", reason);
    }
    return smokeCheck;
}
