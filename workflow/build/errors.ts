import { AdvisedError } from "../../errors";

/** The builder was told to write a workflow that Workflows would refuse. */
export class BuildError extends AdvisedError {
    readonly code = "workflow-build";
}
