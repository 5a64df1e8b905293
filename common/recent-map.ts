/**
 * A map of a bounded size: when there is no room for an entry, the one that was set first is dropped. For what can be
 * made again, or is not asked for again after a while.
 * @example
 * const tokens = new RecentMap<string, Token>(10_000);
 */
export class RecentMap<Key, Value> extends Map<Key, Value> {
    /** @param most How many entries are kept. */
    constructor(private readonly most: number) {
        super();
    }

    override set(key: Key, value: Value): this {
        super.set(key, value);
        const oldest = this.size > this.most ? this.keys().next() : undefined;
        if (oldest?.done === false) {
            this.delete(oldest.value);
        }
        return this;
    }
}
