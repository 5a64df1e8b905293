import * as pulumi from "@pulumi/pulumi";
import type { Expectation, GrantRef, Probe } from "../../smoke";
import { argumentError } from "../base";
import { type AnswerExpectation, expectationOf, type ServiceExpectation } from "./expectation";
import { type Grant, refsOf } from "../grants";
import type { SmokeCheckOptions } from "./smoke-check";

/** The smoke check of a workflow. Without an argument the workflow is not executed. */
export interface WorkflowSmokeCheckArgs extends SmokeCheckOptions, AnswerExpectation {
    /**
     * What the workflow is executed with (`null` and `{}` count); retries repeat the execution.
     * @default - it is not executed: the check reads policies only
     */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
    /** What the result must hold, as a deep subset. @default - anything */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    expect?: pulumi.Input<any>;
}

/** A workflow as its check executes it. */
export interface CheckedWorkflow {
    /** `projects/P/locations/L/workflows/W`. */
    id: pulumi.Output<string>;
    /** What it runs as. */
    account: pulumi.Output<string>;
    /** What it calls, by name. */
    targets: string[];
    grants: Grant[];
}

/**
 * The probe that executes a workflow; undefined where the user gives no argument.
 * @throws ResourceError where a result is expected, and the workflow is not executed.
 */
export function executionProbe(
    component: pulumi.Resource,
    name: string,
    args: WorkflowSmokeCheckArgs,
    { id, account, targets, grants }: CheckedWorkflow,
): pulumi.Output<Probe[]> | undefined {
    const { at, matches, maxMilliseconds, identity } = args;
    const wanted = given<ServiceExpectation>({
        ...{ at, matches, maxMilliseconds, identity },
        result: args.expect as pulumi.Input<unknown>,
    });
    if (args.argument === undefined) {
        const [key] = Object.keys(wanted);
        if (key === undefined) {
            return undefined;
        }
        throw argumentError(
            component,
            `smokeCheck.${key === "result" ? "expect" : key}`,
            "is of a result, and the workflow is not executed; add argument ({} counts)",
        );
    }
    const expectation = expectationOf(component, "smokeCheck", wanted, account);
    return pulumi
        .all([id, pulumi.output(args.argument as unknown), expectation, refsOf(grants)])
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

const given = <T extends object>(values: { [K in keyof T]: T[K] | undefined }): T =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
