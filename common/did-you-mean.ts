/** The candidate that a misspelt word is most similar to, if one is similar enough. */
function nearest(word: string, candidates: Iterable<string>): string | undefined {
    let best: string | undefined;
    let distance = word.length <= 3 ? 2 : Math.max(2, Math.floor(word.length / 3)) + 1;
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

/** How many letters must be added, removed or changed to turn one word into the other. */
export function editDistance(a: string, b: string): number {
    let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            row.push(Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
        }
        previous = row;
    }
    return previous[b.length] ?? 0;
}
