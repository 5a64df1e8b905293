import type { Terminal } from "../render";
import type { Asked } from "./ask";
import type { PrincipalAnswer } from "./may";

const sentences: Record<Asked["verdict"], string> = {
    proven: "only its declared callers may call it",
    violated: "others than its declared callers may call it",
    unknown: "it is not known who may call it",
};

/** Prints who may call each target, with the command that ends what nobody declared. */
export function printWho(asked: readonly Asked[], out: Terminal): void {
    const blocks = asked.map(({ label, verdict, ways, unread }) => {
        const width = Math.max(0, ...ways.map(({ kind }) => kind.length));
        return [
            `${label}: ${verdict}: ${sentences[verdict]}`,
            ...ways.flatMap(({ kind, path, fix, doubt }) => [
                `  ${kind.padEnd(width)}  ${path}${doubt === undefined ? "" : ` (not certain: ${doubt})`}`,
                ...(fix === undefined ? [] : [`  ${" ".repeat(width)}  fix: ${fix}`]),
            ]),
            ...unreadLines(unread),
        ].join("\n");
    });
    out.write(`${blocks.join("\n\n")}\n`);
}

const words: Record<PrincipalAnswer["may"], string> = {
    yes: "may call it",
    no: "may not call it",
    unknown: "is not known to be kept out",
};

/** Prints what one principal may call. */
export function printMay(answers: readonly PrincipalAnswer[], principal: string, out: Terminal): void {
    const blocks = answers.map(({ label, may, paths, unread }) =>
        [`${label}: ${principal} ${words[may]}`, ...paths.map((path) => `  ${path}`), ...unreadLines(unread)].join(
            "\n",
        ),
    );
    out.write(`${blocks.join("\n")}\n`);
}

const unreadLines = (unread: Asked["unread"]): string[] =>
    unread.map(
        ({ what, why, remedy }) => `  not read: ${what}: ${why}${remedy === undefined ? "" : `; it takes ${remedy}`}`,
    );
