import * as workflows from "@pulumi/gcp/workflows";
import * as pulumi from "@pulumi/pulumi";
import { jsonWord, type Kept, transformed, warnOfUnknown, watched } from "./base";
import type { AuthenticatedWorkflowArgs, AuthenticatedWorkflowOptions } from "./authenticated-workflow-args";
import { checkWorkflow, grantInfos, type SmokeCheck } from "./checks";
import {
    bindingsOf,
    enableApis,
    type GrantInfo,
    grantMembers,
    grantTargets,
    identityOf,
    refsOf,
    targetRoles,
} from "./grants";
import {
    checkReachable,
    checkSentToken,
    deployWith,
    prepareSource,
    privateAccess,
    privateServicesOf,
    privateServiceValues,
    targetValues,
    targetVariables,
} from "./wiring";
import { defined } from "../common";

/**
 * A workflow that calls its targets with an identity: an account of its own, the narrowest grant on each target, and a
 * source to which the `auth` sections are added. The preview fails if a call needs a credential and goes to no declared
 * target; the error names the file, the line and the fix.
 * @throws ResourceError if the source cannot be deployed, or if an argument cannot be used
 * @example
 * const fulfil = new AuthenticatedWorkflow("fulfil", {
 *     location: "europe-west1",
 *     source: new pulumi.asset.FileAsset("fulfil.yaml"),
 *     targets: { orders },
 *     smokeCheck: { argument: { order: 7 }, expect: { status: "reserved" } },
 * });
 */
export class AuthenticatedWorkflow extends pulumi.ComponentResource {
    /** The workflow itself. */
    readonly workflow: workflows.Workflow;
    /** The full name of the workflow: `projects/P/locations/L/workflows/W`. */
    readonly workflowId: pulumi.Output<string>;
    /** The short name of the workflow. */
    readonly workflowName: pulumi.Output<string>;
    /** The email address of the account that the workflow runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** The source as its author wrote it. */
    readonly authoredSource: pulumi.Output<string>;
    /** The source as it is deployed, with its `auth` sections. */
    readonly source: pulumi.Output<string>;
    /** What the workflow's account may do on which resource. */
    readonly grants: GrantInfo[];
    /** A shell command that executes the workflow, with the argument of its smoke check or else with an empty object. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedWorkflowArgs, opts?: AuthenticatedWorkflowOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedWorkflow", name, {}, watched(opts));
        const { targets = {}, env = {} } = args;
        const variables = targetVariables(this, "targets", targets);
        const privateServices = privateServicesOf(this, args.privateServices ?? {}, targets);
        const roles = targetRoles(this, "targets", targets);
        for (const [key, target] of Object.entries(targets)) {
            checkSentToken(this, `targets.${key}`, target, "workflow");
        }
        warnOfUnknown(this, { location: args.location });
        const prepared = prepareSource(this, name, args.source, { targets, variables, env, privateServices });
        const identity = identityOf(this, name, "workflow", args, Object.values(targets));
        const values = {
            ...targetValues(targets, variables, identity.project),
            ...privateServiceValues(privateServices),
        };
        const generated = prepared.apply((source) => source.generated);
        const deployed = deployWith(this, generated, values, env);
        const grants = grantTargets(this, name, roles, identity);
        const apis = enableApis(this, name, args, ["workflows", "workflowexecutions", "iam"]);
        const agents = privateAccess(this, name, privateServices, identity.project);
        const direct = Object.fromEntries(Object.entries(targets).filter(([key]) => !privateServices.has(key)));
        const source = checkReachable(this, direct, identity.project, deployed.source);
        const settings = workflowArgs(args, source, deployed.variables, identity.email);
        this.workflow = new workflows.Workflow(
            name,
            transformed(this, "workflow", settings, opts?.transform?.workflow, KEPT),
            // If another account takes over, it gets its grants before the workflow runs as it.
            { parent: this, dependsOn: bindingsOf(apis, grants, agents) },
        );
        const executing = { role: "roles/workflows.invoker", project: identity.project };
        const invokers = grantMembers(this, name, "invoker", args.invokers, executing);
        this.workflowId = this.workflow.id;
        this.workflowName = this.workflow.name;
        this.serviceAccountEmail = identity.email;
        this.authoredSource = prepared.apply(({ authored }) => authored);
        this.source = deployed.source;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud workflows run ${this.workflow.name} --location=${this.workflow.region} --project=${this.workflow.project} --data=${jsonWord(args.smokeCheck?.argument)}`;
        this.smokeCheck = checkWorkflow(this, name, args.smokeCheck, {
            ...{ targets, grants, invokers, agents, place: args },
        });
        this.registerOutputs({
            workflowId: this.workflowId,
            workflowName: this.workflowName,
            serviceAccountEmail: this.serviceAccountEmail,
            authoredSource: this.authoredSource,
            source: this.source,
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
}

/** What a transform of a workflow may not change. */
const KEPT: Kept = {
    name: "give name in the arguments",
    namePrefix: "give name in the arguments",
    project: "give project in the arguments",
    region: "give location in the arguments",
    serviceAccount: "give serviceAccount in the arguments",
    sourceContents: "give source in the arguments, to which the auth sections are added",
    "userEnvVars[]": "give variables in env and targets; more of them can be added",
};

function workflowArgs(
    args: AuthenticatedWorkflowArgs,
    sourceContents: pulumi.Output<string>,
    variables: Record<string, pulumi.Input<string>>,
    serviceAccount: pulumi.Output<string>,
): workflows.WorkflowArgs {
    return {
        region: args.location,
        sourceContents,
        serviceAccount,
        deletionProtection: args.deletionProtection ?? false,
        ...(Object.keys(variables).length > 0 && { userEnvVars: variables }),
        ...defined({
            name: args.name,
            project: args.project,
            description: args.description,
            callLogLevel: args.callLogLevel,
            labels: args.labels,
        }),
    };
}
