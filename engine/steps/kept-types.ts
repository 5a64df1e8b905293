/** The resources of a run that the sandbox only keeps, counted by type. */
export class KeptTypes {
    private readonly counts = new Map<string, number>();

    add(type: string): void {
        this.counts.set(type, (this.counts.get(type) ?? 0) + 1);
    }

    /** What the user is told of them, or `undefined` if there are none. */
    get message(): string | undefined {
        const types = [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
        const list = types.map(([type, count]) => (count === 1 ? type : `${type} (${count})`)).join(", ");
        return types.length === 0
            ? undefined
            : `kept, not enforced: ${list}; their properties are checked, and nothing stands behind them`;
    }
}
