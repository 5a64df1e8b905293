/** What all errors of this package have in common. */
export { AdvisedError, InternalError, InvokeError, type ErrorDetails } from "./base";
export { messageOf, toError } from "./caught";
export { MissingPackageError, needPackages } from "./packages";
