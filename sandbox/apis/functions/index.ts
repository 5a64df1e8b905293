/** `cloudfunctions.googleapis.com`, both generations. */
export { firstSource } from "./source";
export { functionsV1, setServing, type FunctionV1 } from "./first-generation";
export { cloudfunctionsV1 } from "./v1";
export { cloudfunctions, functions } from "./v2";
export { type CloudFunction, functionUrl, serviceBeneath } from "./run-service";
