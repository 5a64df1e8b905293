/** `cloudfunctions.googleapis.com`, both generations. */
export { firstSource } from "./source";
export { cloudfunctionsV1, functionsV1, type FunctionV1 } from "./v1";
export { type CloudFunction, cloudfunctions, functions, functionUrl, serviceBeneath } from "./v2";
