import * as workflows from "@pulumi/gcp/workflows";
import * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../smoke";
import {
    identityOf,
    enableApis,
    bindingsOf,
    type Grant,
    type GrantInfo,
    refsOf,
    grantTargets,
    targetRoles,
    grantMembers,
} from "./grants";
import { deployWith, targetValues, checkReachable, hashOf, prepareSource, targetVariables } from "./wiring";
import {
    gate,
    deniedProbesOf,
    grantInfos,
    policyProbes,
    type SmokeCheck,
    smokeSpec,
    executionProbe,
    type WorkflowSmokeCheckArgs,
} from "./checks";
import type { Target } from "./target";

/** How much of an execution's calls is logged. */
export enum CallLogLevel {
    All = "LOG_ALL_CALLS",
    ErrorsOnly = "LOG_ERRORS_ONLY",
    None = "LOG_NONE",
}

/** Arguments of {@link AuthenticatedWorkflow}. */
export interface AuthenticatedWorkflowArgs {
    /** The region, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** The definition, YAML or JSON, without `auth`: a `FileAsset` or a `StringAsset`. */
    source: pulumi.Input<pulumi.asset.Asset>;
    /**
     * What the workflow calls, by name. `orders` is `sys.get_env("ORDERS_URL")` in the source, `stock-api` is
     * `STOCK_API_URL`. Each gets the grant that it needs.
     * @default - none
     */
    targets?: { [name: string]: Target };
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** The workflow's name. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    description?: pulumi.Input<string>;
    /** Variables for `sys.get_env`, beside those of the targets. */
    env?: { [name: string]: pulumi.Input<string> };
    /** An account to run as that exists, by its email address. @default - one of its own */
    serviceAccount?: pulumi.Input<string>;
    /** The name of its own account, 6 to 30 characters. @default - made from the component's name */
    accountId?: pulumi.Input<string>;
    /** @default - Workflows' */
    callLogLevel?: pulumi.Input<CallLogLevel>;
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether Google's provider refuses to delete it. @default false */
    deletionProtection?: pulumi.Input<boolean>;
    /**
     * Who may execute it, such as `serviceAccount:web@p.iam.gserviceaccount.com`. One workflow carries no policy: they may
     * then execute every workflow of the project, which the preview says.
     * @default - nobody
     */
    invokers?: pulumi.Input<string>[];
    /** Whether the APIs that it needs are enabled in the project, and stay so when it is gone. @default false */
    enableApis?: boolean;
    /** @default - reads the policies of what was granted */
    smokeCheck?: WorkflowSmokeCheckArgs;
}

/**
 * A workflow that calls its targets with an identity: an account of its own, the narrowest grant on each target, and a
 * source whose `auth` sections are generated. A call that needs a credential and goes to no declared target fails the
 * preview, with file, line and the fix.
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
    /** `projects/P/locations/L/workflows/W`. */
    readonly workflowId: pulumi.Output<string>;
    readonly workflowName: pulumi.Output<string>;
    /** The account that it runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** The source as it was written. */
    readonly authoredSource: pulumi.Output<string>;
    /** The source as it is deployed, with its `auth` sections. */
    readonly source: pulumi.Output<string>;
    /** What it may do on what. */
    readonly grants: GrantInfo[];
    /** A line to paste that executes it. */
    readonly invokeCommand: pulumi.Output<string>;
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedWorkflowArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedWorkflow", name, {}, opts);
        const targets = args.targets ?? {};
        const variables = targetVariables(this, "targets", targets);
        const roles = targetRoles(this, "targets", targets);
        const prepared = pulumi
            .output(args.source)
            .apply((asset) =>
                prepareSource(
                    this,
                    name,
                    asset,
                    targets,
                    variables,
                    plainStrings(args.env),
                    Object.keys(args.env ?? {}),
                ),
            );
        const generated = prepared.apply((source) => source.generated);
        const identity = identityOf(this, name, "workflow", args);
        const values = targetValues(targets, variables, identity.project);
        const deployed = deployWith(this, generated, values, args.env ?? {});
        const grants = grantTargets(this, name, roles, identity);
        this.workflow = new workflows.Workflow(
            name,
            {
                region: args.location,
                sourceContents: checkReachable(this, targets, identity.project, deployed.source),
                serviceAccount: identity.email,
                deletionProtection: args.deletionProtection ?? false,
                ...(Object.keys(deployed.variables).length > 0 && { userEnvVars: deployed.variables }),
                ...(args.name && { name: args.name }),
                ...(args.project && { project: args.project }),
                ...(args.description && { description: args.description }),
                ...(args.callLogLevel && { callLogLevel: args.callLogLevel }),
                ...(args.labels && { labels: args.labels }),
            },
            {
                parent: this,
                // An account that takes another's place may call before the workflow runs as it.
                dependsOn: bindingsOf(enableApis(this, name, args, ["workflows", "workflowexecutions", "iam"]), grants),
            },
        );
        const invokers = grantMembers(this, name, "invoker", args.invokers, {
            role: "roles/workflows.invoker",
            project: identity.project,
        });
        this.workflowId = this.workflow.id;
        this.workflowName = this.workflow.name;
        this.serviceAccountEmail = identity.email;
        this.authoredSource = prepared.apply((source) => source.authored);
        this.source = deployed.source;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud workflows run ${this.workflow.name} --location=${this.workflow.region} --project=${this.workflow.project} --data='{}'`;
        this.smokeCheck = {
            spec: this.check(name, args.smokeCheck ?? {}, targets, grants, invokers),
        };
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

    private check(
        name: string,
        args: WorkflowSmokeCheckArgs,
        targets: Record<string, Target>,
        grants: Grant[],
        invokers: Grant[],
    ): pulumi.Output<unknown> {
        const { workflowId: id, serviceAccountEmail: account } = this;
        const execution = executionProbe(this, name, args, { id, account, targets: Object.keys(targets), grants });
        const probes = (): pulumi.Input<Probe[]>[] => [
            policyProbes(name, grants),
            policyProbes("invoker", invokers),
            deniedProbesOf(targets, this.workflow.project),
            ...(execution ? [execution] : []),
        ];
        const { revisionId: revision, userEnvVars } = this.workflow;
        const prints = { source: this.source.apply(hashOf), revision, account: this.serviceAccountEmail };
        const fingerprint = userEnvVars.apply((variables) => ({ ...variables, ...prints }));
        const spec = smokeSpec(name, this.workflow.project, fingerprint, probes, args);
        if (args.enabled !== false) {
            gate(this, name, spec, bindingsOf([this.workflow], grants, invokers));
        }
        return spec;
    }
}

/** The values that are known without waiting: the resolver may look into them. */
function plainStrings(env: Record<string, pulumi.Input<string>> = {}): Record<string, string> {
    return Object.fromEntries(
        Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
}
