/** The command itself as a server of tools for coding agents. */
export { serve } from "./server";
