const MOST = 64;
const KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;

/** What is wrong with labels. The words are not Google's [K]. https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
export function labelProblem(labels: Record<string, unknown>): string | undefined {
    const pairs = Object.entries(labels);
    if (pairs.length > MOST) {
        return `${pairs.length} labels, at most ${MOST}`;
    }
    const [key, value] = pairs.find(([name, text]) => !KEY.test(name) || !VALUE.test(String(text))) ?? [];
    return key === undefined
        ? undefined
        : `the label ${key}=${String(value)} must be of lower-case letters, digits, - and _, its key beginning with a letter, at most 63 each`;
}
