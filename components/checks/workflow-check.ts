import type * as workflows from "@pulumi/gcp/workflows";
import * as pulumi from "@pulumi/pulumi";
import type { Expectation, GrantRef, Probe } from "../../smoke";
import { argumentError } from "../base";
import { ownCallersProbe, type CallersCheckOptions, secretProbes } from "./callers-check";
import { deniedAtTargets, type InsideCheckOptions } from "./denials";
import { type AnswerExpectation, expectationOf, type ServiceExpectation } from "./expectation";
import { type Grant, refsOf } from "../grants";
import { gate } from "./gate";
import type { InsidePlace } from "./inside-probe";
import { restsOn } from "./last-change";
import { accountProbe, policyProbes, type SmokeCheck, smokeSpec } from "./smoke-check";
import type { Target } from "../target";
import { hashOf } from "../wiring";
import { defined } from "../../common";

/** The smoke check of a workflow. It executes the workflow only if you give it an argument. */
export interface WorkflowSmokeCheckArgs extends CallersCheckOptions, InsideCheckOptions, AnswerExpectation {
    /**
     * What the workflow is executed with. `null` and `{}` are arguments too. It is executed again if
     * Google's front end refused one of its calls, and after other failures only with `safeToRepeat`.
     * @default - the workflow is not executed, and the check only reads policies
     */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
    /**
     * What the result of the workflow must contain. Objects may have more keys than you name; lists must have the same
     * length.
     * @default - any result is fine
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    expect?: pulumi.Input<any>;
}

/** An AuthenticatedWorkflow as its check sees it. */
interface CheckedWorkflow extends pulumi.Resource {
    workflow: workflows.Workflow;
    workflowId: pulumi.Output<string>;
    serviceAccountEmail: pulumi.Output<string>;
    source: pulumi.Output<string>;
}

/** What a workflow calls, and who has which grants because of it. */
interface Access {
    targets: Record<string, Target>;
    /** Where the workflow is. */
    place: InsidePlace;
    /** The grants of the workflow's own account. */
    grants: Grant[];
    /** The grants of those who may execute it. */
    invokers: Grant[];
    /** The grants of the service agent of Workflows, which reaches targets in networks by them. */
    agents: Grant[];
}

/**
 * Puts the spec of a workflow together, and makes the gate that runs it.
 * @throws ResourceError if a result is expected, and the workflow is not executed
 */
export function checkWorkflow(
    component: CheckedWorkflow,
    name: string,
    args: WorkflowSmokeCheckArgs = {},
    { targets, grants, invokers, agents, place }: Access,
): SmokeCheck {
    const { workflow, serviceAccountEmail: account } = component;
    const denied = deniedAtTargets(component, name, targets, place, args, true);
    const execution = executionProbe(component, name, args, Object.keys(targets), [...grants, ...agents]);
    const target = pulumi.interpolate`https://workflows.googleapis.com/v1/${component.workflowId}`;
    const nobodyElse = ownCallersProbe(component, name, args, { target });
    const probes = (): pulumi.Input<Probe[]>[] => [
        policyProbes(name, grants),
        policyProbes("invoker", invokers),
        policyProbes("the service agent of Workflows", agents),
        denied.probes(workflow.project),
        ...(execution ? [execution] : []),
        nobodyElse,
        secretProbes(component, args, grants),
        accountProbe(name, account),
    ];
    const own = { source: component.source.apply(hashOf), revision: workflow.revisionId, account };
    const fingerprint = workflow.userEnvVars.apply((variables) => ({ ...variables, ...own }));
    const spec = smokeSpec(name, workflow.project, fingerprint, probes, args);
    const rests = restsOn(component, [...Object.values(targets), ...denied.sender]);
    if (args.enabled !== false) {
        gate(component, name, spec, rests);
    }
    return { spec };
}

/** The probe that executes a workflow; undefined if the user gives no argument. */
function executionProbe(
    component: CheckedWorkflow,
    name: string,
    args: WorkflowSmokeCheckArgs,
    targets: string[],
    grants: Grant[],
): pulumi.Output<Probe[]> | undefined {
    const { at, matches, maxMilliseconds, identity } = args;
    const result = args.expect as pulumi.Input<unknown>;
    const wanted: ServiceExpectation = defined({ at, matches, maxMilliseconds, identity, result });
    if (args.argument === undefined) {
        const [key] = Object.keys(wanted);
        if (key === undefined) {
            return undefined;
        }
        throw argumentError(
            component,
            `smokeCheck.${key === "result" ? "expect" : key}`,
            "needs a result, and the check does not execute the workflow; add argument ({} is one)",
        );
    }
    const expectation = expectationOf(component, "smokeCheck", wanted, component.serviceAccountEmail);
    return pulumi
        .all([component.workflowId, pulumi.output(args.argument as unknown), expectation, refsOf(grants)])
        .apply(([workflow, input, expected, refs]: [string, unknown, Expectation | undefined, GrantRef[]]): Probe[] => [
            {
                kind: "workflow",
                name: `${name} → ${targets.join(", ")}`,
                workflow,
                argument: input,
                ...(expected && Object.keys(expected).length > 0 && { expect: expected }),
                grants: refs,
            },
        ]);
}
