import { compileWorkflow, parseWorkflow, type CompiledWorkflow } from "../../../workflow";
import type { Workflow } from "../../apis";
import { ApiError } from "../../cloud";

const KEPT = 200;

/** Compiled workflows by their sources. A source is compiled once, however often it runs. */
export class Compiled {
    private readonly bySource = new Map<string, CompiledWorkflow>();

    /** @throws ApiError FAILED_PRECONDITION if the source cannot be read */
    get({ sourceContents }: Workflow): CompiledWorkflow {
        const known = this.bySource.get(sourceContents);
        if (known) {
            return known;
        }
        const { program, diagnostics } = parseWorkflow(sourceContents, { file: "main.workflows.yaml" });
        if (!program) {
            throw new ApiError("FAILED_PRECONDITION", `the workflow cannot run: ${diagnostics[0]?.message ?? ""}`);
        }
        const compiled = compileWorkflow(program);
        if (this.bySource.size >= KEPT) {
            this.bySource.clear();
        }
        this.bySource.set(sourceContents, compiled);
        return compiled;
    }
}
