/** The front doors of all that is deployed. They decide who gets in. */
export { hostDoor, registerIngress } from "./doors";
export { refuse } from "./pages";
export type { Backend } from "./run";
