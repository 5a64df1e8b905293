import { ProgramError } from "../errors";

/** How a program of Node's is started: `runtime.options` of `Pulumi.yaml`. */
export interface NodeOptions {
    /** Given to Node before the program. */
    arguments: string[];
    /** Whether the SDK compiles TypeScript. @default true */
    typescript: boolean;
    /** The compiler's configuration, where it is not the `tsconfig.json` beside the program. */
    tsconfig?: string;
}

/**
 * Reads the options as Pulumi's host of Node programs does: https://www.pulumi.com/docs/iac/languages-sdks/javascript/
 * Throws where one is of the wrong type; `where` says which file it stands in.
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
        ...(tsconfig !== undefined && { tsconfig }),
    };
}

/**
 * Words as a shell splits them: quotes group, a backslash takes what follows as it is, but nothing between single
 * quotes. Throws where a quote is not closed.
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
