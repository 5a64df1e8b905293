/**
 * What a process of ours does beside its work: it ends when the engine goes, however that goes, so that nothing is left
 * listening; and it says what keeps it alive when it is asked.
 */
const COMPANION = `process.on("disconnect",()=>process.exit(1));process.on("message",()=>process.send(process.getActiveResourcesInfo()));setImmediate(()=>process.channel?.unref())`;

/** As one argument: at a bare --import the SDK holds that the program brings a loader, and starts none for ESM. */
export const companion = `--import=data:text/javascript,${encodeURIComponent(COMPANION)}`;

/** A process group of its own: Ctrl-C at the terminal is the engine's to hear, which lets the rest end in order. */
export const ownGroup = { detached: process.platform !== "win32" };
