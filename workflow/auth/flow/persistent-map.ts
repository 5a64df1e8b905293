/** How many bits of a key choose the branch at each level. */
const BITS = 4;
const WIDTH = 1 << BITS;

type Level<T> = readonly (Level<T> | T | undefined)[];

/**
 * A persistent map with numbers as keys (a trie): never changed in place. A changed map shares all but a few entries with
 * the one before, so that a map at every place of a program costs little, and so does comparing two.
 */
export class PersistentMap<T extends object> {
    private constructor(
        private readonly root: Level<T>,
        private readonly levels: number,
    ) {}

    /** An empty map for keys below `size`. */
    static for<T extends object>(size: number): PersistentMap<T> {
        return new PersistentMap<T>([], Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / BITS)));
    }

    get(key: number): T | undefined {
        let level = this.root;
        for (let at = this.levels - 1; at > 0; at--) {
            const next = level[(key >> (at * BITS)) % WIDTH];
            if (next === undefined) {
                return undefined;
            }
            level = next as Level<T>;
        }
        return level[key % WIDTH] as T | undefined;
    }

    with(key: number, value: T): PersistentMap<T> {
        return this.get(key) === value
            ? this
            : new PersistentMap(put(this.root, this.levels - 1, key, value), this.levels);
    }

    /**
     * Joins both maps: `combine` decides about a key that the other has and this one has not, or has with another
     * value. This map itself if nothing changes.
     */
    merged(other: PersistentMap<T>, combine: (key: number, mine: T | undefined, theirs: T) => T): PersistentMap<T> {
        const root = merge(this.root, other.root, this.levels - 1, 0, combine);
        return root === this.root ? this : new PersistentMap(root, this.levels);
    }
}

function put<T>(level: Level<T>, at: number, key: number, value: T): Level<T> {
    const index = (key >> (at * BITS)) % WIDTH;
    const copy = level.slice();
    copy[index] = at === 0 ? value : put((level[index] ?? []) as Level<T>, at - 1, key, value);
    return copy;
}

function merge<T>(
    mine: Level<T>,
    theirs: Level<T>,
    at: number,
    base: number,
    combine: (key: number, mine: T | undefined, theirs: T) => T,
): Level<T> {
    if (mine === theirs) {
        return mine;
    }
    let copy: (Level<T> | T | undefined)[] | undefined;
    let isTheirs = mine.length <= theirs.length;
    for (let index = 0; index < theirs.length; index++) {
        const [one, other] = [mine[index], theirs[index]];
        const key = base + (index << (at * BITS));
        const both =
            one === other || other === undefined
                ? one
                : at === 0
                  ? combine(key, one as T | undefined, other as T)
                  : merge((one ?? []) as Level<T>, other as Level<T>, at - 1, key, combine);
        isTheirs &&= both === other;
        if (both !== one) {
            copy ??= mine.slice();
            copy[index] = both;
        }
    }
    // The other's own level if nothing else is in it: then the two are the same from here on.
    return copy === undefined ? mine : isTheirs ? theirs : copy;
}
