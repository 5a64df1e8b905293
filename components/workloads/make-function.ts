import type * as cloudfunctions from "@pulumi/gcp/cloudfunctions";
import * as cloudfunctionsv2 from "@pulumi/gcp/cloudfunctionsv2";
import * as pulumi from "@pulumi/pulumi";
import { transformed, warnOfUnknown } from "../base";
import { identityOf, enableApis, bindingsOf, type Grant, grantRoles, rolesOf } from "../grants";
import { functionBuild } from "./function-build";
import { functionTrigger } from "./function-trigger";
import { invocations, secretPlaces, secretRoles } from "../wiring";
import { KEPT, serviceConfig } from "./function-resource";
import type { FunctionTransform, InvokableFunctionArgs } from "./function-args";
import type { Revision } from "../checks";
import { type GrantResource, GrantResourceType } from "../grant-resource";
import { type Ingress, TargetKind } from "../target";
import { defined } from "../../common";

/** A function, made or found. */
export interface FoundFunction {
    kind: TargetKind;
    /** The function itself, if it is of the 2nd generation. */
    function?: cloudfunctionsv2.Function;
    /** The function itself, if it is of the 1st generation. */
    firstGeneration?: cloudfunctions.Function;
    name: pulumi.Output<string>;
    url: pulumi.Output<string>;
    /** The email address of the account that it runs as. */
    email: pulumi.Output<string>;
    /** What callers get their grants on. */
    resource: GrantResource;
    revision: Omit<Revision, "place">;
    /** What that account may do on what the function invokes. */
    grants: Grant[];
}

const apis = ["cloudfunctions", "run", "cloudbuild", "artifactregistry", "storage", "iam"];

/** Makes a function of the 2nd generation. */
export function makeFunction(
    component: pulumi.Resource,
    name: string,
    args: InvokableFunctionArgs,
    ingress: Ingress,
    transform?: FunctionTransform,
): FoundFunction {
    const secrets = secretPlaces(component, "secrets", args.secrets);
    const { source = "", location = "", runtime = "", entryPoint = "" } = args;
    warnOfUnknown(component, { location, runtime });
    const identity = identityOf(component, name, "function", args, Object.values(args.invokes ?? {}));
    const enabled = enableApis(component, name, args, [...apis, ...(args.trigger ? ["eventarc"] : [])]);
    const build = functionBuild(component, name, { ...args, source, location });
    const own = { secrets: secrets.variables, roles: secretRoles("secrets", args.secrets) };
    const calls = invocations(component, name, args, args.vpc !== undefined, identity, own);
    const trigger = args.trigger && functionTrigger(component, name, args, args.trigger);
    const settings: cloudfunctionsv2.FunctionArgs = {
        location,
        ...defined({ name: args.name, project: args.project, labels: args.labels, kmsKeyName: args.encryptionKey }),
        buildConfig: {
            runtime,
            entryPoint,
            source: { storageSource: build.storageSource },
            serviceAccount: build.serviceAccount,
            dockerRepository: build.dockerRepository,
        },
        serviceConfig: serviceConfig(args, ingress, identity, calls.env, secrets.folders),
        ...defined({ eventTrigger: trigger?.eventTrigger }),
    };
    const made = new cloudfunctionsv2.Function(
        name,
        transformed(component, "function", settings, transform?.function, KEPT),
        {
            parent: component,
            dependsOn: bindingsOf([...enabled, ...build.dependsOn, ...(trigger?.dependsOn ?? [])], calls.grants),
        },
    );
    const found: FoundFunction = { ...ofSecondGeneration(made), email: identity.email, grants: calls.grants };
    if (trigger !== undefined) {
        const target = { kind: found.kind, url: found.url, resource: found.resource };
        grantRoles(component, `${name}-trigger-invoker`, name, rolesOf(component, "trigger", target), trigger.account);
    }
    return found;
}

/** A function of the 2nd generation has the URL, the policy and the revision of the Cloud Run service beneath it. */
export function ofSecondGeneration(made: cloudfunctionsv2.Function): FoundFunction {
    // The URL is made here because a preview may know a configuration before the service beneath the function is there.
    const config = pulumi.all([made.serviceConfig, made.url]).apply(([service]) => service ?? {});
    const service = config.apply((known) => (known as { service?: string }).service ?? "");
    return {
        kind: TargetKind.Run,
        function: made,
        name: made.name,
        url: config.apply((known) => (known as { uri?: string }).uri ?? ""),
        email: config.apply((known) => (known as { serviceAccountEmail?: string }).serviceAccountEmail ?? ""),
        resource: {
            type: GrantResourceType.RunService,
            name: service.apply((full) => full.slice(full.lastIndexOf("/") + 1)),
            location: made.location.apply((location) => location),
            project: made.project,
        },
        revision: { project: made.project, revision: made.updateTime },
        grants: [],
    };
}
