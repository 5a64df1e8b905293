/** How many deployments in a row may change a file before it is taken for an output, and start one another by what they change. */
const IN_A_ROW = 4;
/** After how many a file starts none at all: its changes may arrive late, as those of a slow reader of a pipe. */
const CERTAIN = 8;

/** What changed while a deployment ran. */
interface Changes {
    /** The files for which another deployment is needed. */
    reasons: string[];
    /** The files that are taken for outputs for the first time. */
    outputs: string[];
}

/**
 * Tells the files that deployments change themselves, such as what `watch . | tee log.txt` writes, from those that somebody
 * saves while a deployment runs. If each change of the first kind started a deployment, there would be no end.
 */
export class OwnOutputs {
    private readonly inARow = new Map<string, number>();
    private startedByChanges = 0;

    /** Counts a deployment, during which these files changed. */
    add(during: readonly string[]): Changes {
        for (const path of this.inARow.keys()) {
            if (!during.includes(path)) {
                this.inARow.delete(path);
            }
        }
        for (const path of during) {
            this.inARow.set(path, this.count(path) + 1);
        }
        const outputs = during.filter((path) => this.count(path) === IN_A_ROW);
        const reasons = during.filter((path) => this.count(path) < IN_A_ROW);
        this.startedByChanges = reasons.length === 0 ? 0 : this.startedByChanges + 1;
        if (this.startedByChanges <= IN_A_ROW) {
            return { reasons, outputs };
        }
        // Each deployment changes another file, such as a report with the time in its name.
        this.startedByChanges = 0;
        return { reasons: [], outputs: [...outputs, ...reasons] };
    }

    /** The files for which a deployment is needed, of those that changed while none ran. */
    reasonsIn(changed: readonly string[]): string[] {
        const others = changed.filter((path) => this.count(path) < IN_A_ROW);
        return others.length > 0 ? others : changed.filter((path) => this.count(path) < CERTAIN);
    }

    private count(path: string): number {
        return this.inARow.get(path) ?? 0;
    }
}
