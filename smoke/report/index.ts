/** How the result of a check is written down. */
export { type FormatOptions, formatReport } from "./format";
export { callsOfReports, graphOfReports, type ReportedCalls } from "./graph";
export { formatGithub } from "./github";
export { formatHtml } from "./html";
export { formatJunit } from "./junit";
export { formatLog } from "./log";
export { formatMarkdown } from "./markdown";
export { summarize } from "./summary";
