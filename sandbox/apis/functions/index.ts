/** `cloudfunctions.googleapis.com`, both generations. */
export { firstSource } from "./source";
export { functionsV1, setServing, type FunctionV1 } from "./first-generation";
export { cloudfunctionsV1 } from "./v1";
export { type CloudFunction, cloudfunctions, functions, functionUrl, serviceBeneath } from "./v2";
