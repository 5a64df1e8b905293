/**
 * Makes a source readable for the YAML library. Google's reader takes a quoted text whose further lines are not indented
 * deeper than its key, and the library refuses it. Each character of such a line break becomes a space, so that all offsets
 * stay the same. The value of the text is then folded from the original (`foldQuoted`).
 */
export function mend(source: string): string {
    return source.replace(
        /(^[ \t]*(?:- +)*(?:[\w-]+: +)?|[:[,-] +)(?:'(?:[^'\n]|'')*(?:\n(?:[^'\n]|'')*)+'|"(?:[^"\\\n]|\\.)*(?:\n(?:[^"\\\n]|\\.)*)+")(?=[ \t]*(?:\r?\n|$|[,\]}#]))/gm,
        (text) => text.replace(/\s/g, " "),
    );
}
