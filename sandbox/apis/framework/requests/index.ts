/** What is checked and changed in a request before its handler gets it. */
export { checkMask } from "./masks";
export { paramsWithProjectIds, withProjectIds } from "./project-names";
export { checkRequired, requiredIn, requiredOf, withBody } from "./required";
export { checkResourceId } from "./resource-ids";
export { checkServed, refusedFields } from "./served";
