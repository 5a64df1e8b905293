import { AdvisedError } from "../../errors";

/** A workflow that the builder was told to write, and that Workflows would not take. */
export class BuildError extends AdvisedError {
    readonly code = "workflow-build";
}
