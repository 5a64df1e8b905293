import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { skip } from "./skip";

const folder = resolve(__dirname, "../../../shared");

/**
 * Where material by other people lies that some tests read: in `../shared` beside the checkout, and never in it. Each of
 * these tests has a neighbour that asks the same of files of our own, so that what it holds is held everywhere.
 *
 * @returns the path, or nothing where this machine has none
 */
export function beside(...path: string[]): string | undefined {
    const found = join(folder, ...path);
    return existsSync(found) ? found : undefined;
}

/** Skips the test or suite where a machine has none of it. */
export function needBeside(context: Mocha.Context, ...path: string[]): string {
    return beside(...path) ?? skip(context, `reads ../shared/${path.join("/")}, which is not beside this checkout`);
}
