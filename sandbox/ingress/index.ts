/** The front doors of what is deployed: who is let in, and to what. */
export { hostDoor, registerIngress } from "./doors";
export { refuse } from "./pages";
export type { Backend } from "./run";
