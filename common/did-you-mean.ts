/** The candidate that a misspelt word is most similar to, if one is similar enough. */
function nearest(word: string, candidates: Iterable<string>): string | undefined {
    let best: string | undefined;
    let distance = Math.max(1, Math.floor((word.length + 1) / 3)) + 1;
    for (const candidate of candidates) {
        const found = editDistance(word.toLowerCase(), candidate.toLowerCase());
        if (found < distance) {
            best = candidate;
            distance = found;
        }
    }
    return best;
}

/** `; did you mean "x"?`, or an empty text. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
    const suggestion = nearest(word, candidates);
    return suggestion === undefined ? "" : `; did you mean "${suggestion}"?`;
}

/** How many letters must be added, removed or changed to turn one word into the other; two that changed places count as one and a half. */
export function editDistance(a: string, b: string): number {
    let beforeThat: number[] = [];
    let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            const exchange = isExchanged ? (beforeThat[j - 2] ?? 0) + 1.5 : replace;
            row.push(Math.min(replace, exchange, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
        }
        [beforeThat, previous] = [previous, row];
    }
    return previous[b.length] ?? 0;
}
