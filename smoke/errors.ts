import { AdvisedError } from "../errors";

/** A smoke spec that cannot be used, or a probe that must not be sent because its token could leak. */
export class SpecError extends AdvisedError {
    readonly code = "smoke-spec";
}
