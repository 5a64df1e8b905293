export { renderDiff } from "./diff";
export { createDisplay, createJsonDisplay, type Display } from "./display";
export { createProgress, type Progress } from "./progress";
export { heading, terminal, type Terminal } from "./terminal";
export { duration, shortType } from "./words";
