/** How a running sandbox is told what to do: faults, clock, environment, decisions. On loopback, with a token. */
export { createFaults, type ActiveFault, type Fault, type Faults } from "./faults";
export { memberToPrincipal } from "./member";
export { type Controlled } from "./routes";
export { startControl, type Control } from "./server";
