/** Functions of the program that the engine calls, and the hooks among them. */
export { Callbacks } from "./callbacks";
export { type HookNames, hooksFromState, hooksMessage, hooksOf, hooksToState, NO_HOOKS } from "./hook-names";
export { type HookSubject, RegisteredHooks } from "./hooks";
