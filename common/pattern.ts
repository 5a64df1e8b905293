import { createRequire } from "node:module";
import type * as Re2 from "re2js";

/**
 * A regular expression of RE2, which Google uses: a match takes linear time, whatever the expression and the text are. The
 * library is loaded with the first expression.
 * @throws Error if the text is no such expression. RE2 has no lookaround and no references to groups.
 * @example compilePattern("^[0-9]+$")("42") // true
 */
export function compilePattern(source: string): (text: string) => boolean {
    const { RE2JS } = createRequire(__filename)("re2js") as typeof Re2;
    const pattern = RE2JS.compile(source);
    return (text) => pattern.matcher(text).find();
}
