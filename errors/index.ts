/** What all errors of this package have in common. */
export { AdvisedError, InternalError, InvokeError, type ErrorDetails } from "./base";
export { messageOf, toError } from "./caught";
export { fileProblem } from "./file-problem";
export { MissingPackageError, needPackages } from "./packages";
