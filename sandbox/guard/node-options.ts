import { join } from "node:path";

/** If the package runs from its sources, Node must first learn how to run TypeScript. */
const COMPILER = __filename.endsWith(".ts") ? [join(__dirname, "../../scripts/register.cjs")] : [];
const PRELOADED = [...COMPILER, join(__dirname, `preload${__filename.slice(-3)}`)];

/**
 * `NODE_OPTIONS` for a program, by which each Node that it starts is guarded as well.
 * @param given the options that there are
 */
export function nodeOptions(...given: (string | undefined)[]): string {
    // Quoted as Node reads it: https://nodejs.org/api/cli.html#node_optionsoptions
    const options = PRELOADED.map((path) => `--require="${path.replace(/[\\"]/g, "\\$&")}"`);
    return [...given, ...options].filter((option) => option !== undefined && option !== "").join(" ");
}
