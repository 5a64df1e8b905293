import type { Execution } from "../../apis";

/** How many ended executions are kept, and how many characters of arguments and results. The oldest are deleted first. */
const KEPT = 2000;
const KEPT_CHARACTERS = 8 * 1024 * 1024;

/** Which of the executions that have ended are still kept. */
export class Retention {
    /** The characters of each, the oldest first. */
    private readonly sizes = new Map<string, number>();
    private characters = 0;

    /** Keeps one more. @returns the names of those for which there is no room any more; the new one always has room */
    add({ name: added, argument = "", result = "" }: Execution): string[] {
        const size = argument.length + result.length;
        this.sizes.set(added, size);
        this.characters += size;
        let { characters } = this;
        let count = this.sizes.size;
        const dropped: string[] = [];
        for (const [name, itsSize] of this.sizes) {
            if ((count <= KEPT && characters <= KEPT_CHARACTERS) || name === added) {
                break;
            }
            dropped.push(name);
            characters -= itsSize;
            count--;
        }
        return dropped;
    }

    delete(name: string): void {
        this.characters -= this.sizes.get(name) ?? 0;
        this.sizes.delete(name);
    }
}
