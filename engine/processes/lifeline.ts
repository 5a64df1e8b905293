/** A message to a process that the engine started: keep the code that you have compiled, for the next process. */
export const KEEP_COMPILED = "keep compiled";

/**
 * Code that runs in every process that the engine starts. It ends the process when the engine has ended in any way, so that
 * no process is left behind, and it answers which resources keep the process alive. Node 20 keeps no compiled code.
 * https://nodejs.org/api/module.html#moduleflushcompilecache
 */
const CODE = `import module from "node:module";process.on("disconnect",()=>process.exit(1));process.on("message",(message)=>message==="${KEEP_COMPILED}"?module.flushCompileCache?.():process.send(process.getActiveResourcesInfo()));setImmediate(()=>process.channel?.unref())`;

/** The code as one argument of Node. If `--import` is an argument of its own, the SDK starts no loader of modules. */
export const lifeline = `--import=data:text/javascript,${encodeURIComponent(CODE)}`;

/** Starts a process in a group of its own, so that Ctrl-C reaches only the engine, which then ends everything in order. */
export const ownGroup = { detached: process.platform !== "win32" };
