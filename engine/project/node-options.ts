import { defined } from "../../common";
import { ProgramError } from "../errors";

/** How a program is started with Node: `runtime.options` of `Pulumi.yaml`. */
export interface NodeOptions {
    /** The arguments of Node before the program. */
    arguments: string[];
    /** Whether the SDK compiles TypeScript. @default true */
    typescript: boolean;
    /** The configuration of the compiler. @default - the `tsconfig.json` beside the program */
    tsconfig?: string;
}

/**
 * Reads the options as Pulumi does: https://www.pulumi.com/docs/iac/languages-sdks/javascript/
 * Throws if an option has a wrong type.
 *
 * @param where - the place of the options, for errors
 */
export function nodeOptions(options: Record<string, unknown>, where: string): NodeOptions {
    const { typescript = true, tsconfig, nodeargs = "" } = options;
    const wrong = (name: string, expected: string): Error =>
        new ProgramError(`${where}.${name} is ${JSON.stringify(options[name])}, expected ${expected}`);
    if (typeof typescript !== "boolean") {
        throw wrong("typescript", "true or false");
    }
    if (tsconfig !== undefined && typeof tsconfig !== "string") {
        throw wrong("tsconfig", "a path");
    }
    if (typeof nodeargs !== "string") {
        throw wrong("nodeargs", "one text");
    }
    return {
        arguments: splitWords(nodeargs, `${where}.nodeargs`),
        typescript,
        ...defined({ tsconfig }),
    };
}

/**
 * Splits a text into words as a shell does: quotes keep words together, and a backslash escapes the next character, except
 * between single quotes. Throws if a quote is not closed.
 */
function splitWords(text: string, where: string): string[] {
    const words: string[] = [];
    let rest = text.trimStart();
    while (rest !== "") {
        const [found = ""] = /^(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/s.exec(rest) ?? [];
        const after = rest.slice(found.length);
        if (after !== "" && !/^\s/.test(after)) {
            throw new ProgramError(`${where} is ${text}, which has an open quote`);
        }
        words.push(
            found.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, escaped, double, single) =>
                String(escaped ?? single ?? String(double).replace(/\\(.)/gs, "$1")),
            ),
        );
        rest = after.trimStart();
    }
    return words;
}
