/** How the result of a check is written down. */
export { untriedDenials } from "./denials";
export { type FormatOptions, formatReport, summarize } from "./format";
export { formatGithub } from "./github";
export { formatJunit } from "./junit";
