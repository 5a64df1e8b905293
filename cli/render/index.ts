export { renderDiff } from "./diff";
export { createDisplay, type Display } from "./display";
export { createJsonDisplay } from "./json";
export { createProgress, type Progress } from "./progress";
export { heading, terminal, type Terminal } from "./terminal";
export { duration, shortType } from "./words";
