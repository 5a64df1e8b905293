import type { AccessVerdict, Question, Way } from "./answer";
import type { Unread } from "./facts";
import { covers, normalMember } from "./members";

/** Whether a way is one that nobody declared. */
export function isViolation(
    { kind, member }: Way,
    { administrators, allowed }: Pick<Question, "administrators" | "allowed">,
): boolean {
    const refused = administrators === "refuse" && !covers(new Set(allowed.map(normalMember)), member);
    return kind === "public" || kind === "stranger" || (kind === "administrator" && refused);
}

/** The verdict on what was found and on what could not be read. */
export function verdictOf(
    ways: readonly Way[],
    unread: readonly Unread[],
    question: Pick<Question, "administrators" | "allowed">,
): AccessVerdict {
    const wrong = ways.filter((way) => isViolation(way, question));
    if (wrong.some(({ doubt }) => doubt === undefined)) {
        return "violated";
    }
    return wrong.length > 0 || unread.length > 0 ? "unknown" : "proven";
}
