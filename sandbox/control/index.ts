/** The API by which commands control a running sandbox. It listens on loopback and wants a token. */
export { explain } from "./explain";
export { createFaults, type ActiveFault, type Fault, type Faults } from "./faults";
export { memberToClient, memberToPrincipal } from "./member";
export { type Controlled } from "./routes";
export { startControl, type Control } from "./server";
