/**
 * Quoted texts whose further lines are not indented deeper than their key are taken by Google's YAML reader and refused
 * by ours. Their line breaks become spaces, one for each character, so that every offset stays; the text itself is then
 * folded from the original (`foldQuoted`).
 */
export function mend(source: string): string {
    return source.replace(
        /(^[ \t]*(?:- +)*(?:[\w-]+: +)?|[:[,-] +)(?:'(?:[^'\n]|'')*(?:\n(?:[^'\n]|'')*)+'|"(?:[^"\\\n]|\\.)*(?:\n(?:[^"\\\n]|\\.)*)+")(?=[ \t]*(?:\r?\n|$|[,\]}#]))/gm,
        (text) => text.replace(/\s/g, " "),
    );
}
