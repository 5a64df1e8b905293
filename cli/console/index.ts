/** The console: a page on this machine that shows a running sandbox, and changes it. */
export { startConsole, type Console } from "./server";
