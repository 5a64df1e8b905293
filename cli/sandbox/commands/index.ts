export { registerApis } from "./apis";
export { registerClients } from "./clients";
export { registerControls } from "./controls";
export { parseDuration, parsePort } from "./flags";
export { registerEvidence } from "./evidence";
export { registerIdentity } from "./identity";
export { registerAdvice } from "./advice";
export { registerPrograms } from "./programs";
export { registerState } from "./state";
