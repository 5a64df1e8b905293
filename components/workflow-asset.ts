import * as pulumi from "@pulumi/pulumi";
import { build } from "../workflow";

/** A workflow that was built in TypeScript. It goes where a file goes, and `gcp-invoke eject` writes it out. */
export class WorkflowAsset extends pulumi.asset.StringAsset implements build.Workflow {
    readonly toYaml: () => string;
    readonly toJson: () => string;

    /** @internal */
    constructor(source: build.Workflow) {
        super(source.toYaml());
        this.toYaml = () => source.toYaml();
        this.toJson = () => source.toJson();
    }
}

/**
 * A workflow, put together from steps of `pulumi-gcp-invoke/workflow`'s `build`, as the source of an
 * `AuthenticatedWorkflow` or of any `gcp.workflows.Workflow`.
 *
 * @throws Error where it reads a variable that nothing sets, or has two steps of one name
 * @example
 * const orders = build.target({ name: "orders", kind: "run", urlVariable: "ORDERS_URL" });
 * const reserve = orders.post<{ status: string }>("reserve", "/reserve", { body: { order: 7 } });
 * const source = workflow({ steps: [reserve, build.give("done", reserve.result.get("body"))] });
 */
export function workflow(args: build.WorkflowArgs): WorkflowAsset {
    return new WorkflowAsset(build.workflow(args));
}
