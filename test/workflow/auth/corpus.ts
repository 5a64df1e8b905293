import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(__dirname, "../../../../shared/corpus");

/** The definitions of other people that lie beside a checkout; empty where there are none. */
export function corpusFiles(): { name: string; text: string }[] {
    return existsSync(folder)
        ? globSync("**/*.yaml", { cwd: folder })
              .sort()
              .map((name) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }))
        : [];
}

/** Skips a test where there are none. */
export function needCorpus(context: Mocha.Context): void {
    if (!existsSync(folder)) {
        console.log(`      no definitions in ${folder}: skipped`);
        context.skip();
    }
}
