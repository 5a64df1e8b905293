import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import type { DeclaredTarget } from "../../../workflow/auth";
import { beside, needBeside } from "../../support/beside";

/** The definitions of other people that lie beside a checkout; empty where there are none. */
export function corpusFiles(): { name: string; text: string }[] {
    return definitionsIn(beside("corpus"));
}

/** Definitions of our own, in the styles that people write. */
export function ownFiles(): { name: string; text: string }[] {
    return definitionsIn(path.resolve(__dirname, "../definitions"));
}

function definitionsIn(folder: string | undefined): { name: string; text: string }[] {
    if (folder === undefined) {
        return [];
    }
    return globSync("**/*.yaml", { cwd: folder })
        .sort()
        .map((name) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }));
}

/** The environment variables that hold URLs: `sys.get_env("BASE_URL")`. */
export function urlVariables(text: string): string[] {
    return [...new Set(Array.from(text.matchAll(/sys\.get_env\("(\w+_URL)"\)/g), ([, variable = ""]) => variable))];
}

/** What whoever deploys a definition knows: those variables are services of theirs. */
export function targetsOf(text: string): DeclaredTarget[] {
    return urlVariables(text).map((urlVariable, index) => ({
        name: urlVariable.toLowerCase(),
        kind: "run",
        url: `https://s${index}-1234567890.europe-west1.run.app`,
        urlVariable,
    }));
}

/** Skips a test where there are none. */
export function needCorpus(context: Mocha.Context): void {
    needBeside(context, "corpus");
}
