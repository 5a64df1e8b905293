import * as pulumi from "@pulumi/pulumi";
import { build } from "../workflow";

/** A workflow that was built in TypeScript. It can be given wherever a file can, and `gcp-invoke eject` writes it to a file. */
export class WorkflowAsset extends pulumi.asset.StringAsset implements build.Workflow {
    /** Returns the workflow in YAML. */
    readonly toYaml: () => string;
    /** Returns the workflow in JSON. */
    readonly toJson: () => string;

    /** @internal */
    constructor(source: build.Workflow) {
        super(source.toYaml());
        this.toYaml = () => source.toYaml();
        this.toJson = () => source.toJson();
    }
}

/**
 * Puts a workflow together from steps that `build` of `pulumi-gcp-invoke/workflow` makes. It is a source for an
 * `AuthenticatedWorkflow`, and for any `gcp.workflows.Workflow`.
 *
 * @throws Error if a step reads a variable that nothing sets, or two steps have the same name
 * @example
 * const orders = build.target({ name: "orders", kind: "run", urlVariable: "ORDERS_URL" });
 * const reserve = orders.post<{ status: string }>("reserve", "/reserve", { body: { order: 7 } });
 * const source = workflow({ steps: [reserve, build.give("done", reserve.result.get("body"))] });
 */
export function workflow(args: build.WorkflowArgs): WorkflowAsset {
    return new WorkflowAsset(build.workflow(args));
}
