import type { Within } from "./place";

/** A key or an item whose value is open at a place of a source. */
interface Frame {
    within: Within;
    /** The column of the key or the dash; infinite where it is in brackets. */
    indent: number;
    /** The entries of the key's map so far. */
    siblings: Map<string, string>;
}

/** What is open at a place of a source, from the outermost. */
export class Frames {
    private readonly frames: Frame[] = [];

    get size(): number {
        return this.frames.length;
    }

    get path(): Within[] {
        return this.frames.map(({ within }) => within);
    }

    /** Closes what ends where something begins at a column. @returns the entries of the map that a key there belongs to */
    closeForKey(column: number): Map<string, string> {
        let siblings: Map<string, string> | undefined;
        for (let last = this.frames.at(-1); last !== undefined && last.indent >= column; last = this.frames.at(-1)) {
            siblings = last.within.kind === "key" && last.indent === column ? last.siblings : undefined;
            this.frames.pop();
        }
        return siblings ?? new Map<string, string>();
    }

    /** Closes what ends where an item's dash is at a column. @returns the number of the item */
    closeForItem(column: number): number {
        let index = 0;
        for (let last = this.frames.at(-1); last !== undefined; last = this.frames.at(-1)) {
            const { within, indent } = last;
            if (indent < column || (indent === column && within.kind === "key")) {
                break;
            }
            index = within.kind === "item" && indent === column ? within.index + 1 : 0;
            this.frames.pop();
        }
        return index;
    }

    openKey(key: string, indent: number, siblings: Map<string, string>): void {
        siblings.set(key, "");
        this.frames.push({ within: { kind: "key", key, siblings }, indent, siblings });
    }

    openItem(index: number, indent: number): void {
        this.frames.push({ within: { kind: "item", index }, indent, siblings: new Map() });
    }

    /** Notes the text that is the value of the innermost key. */
    value(text: string): void {
        const last = this.frames.at(-1);
        if (last?.within.kind === "key") {
            last.siblings.set(last.within.key, text);
        }
    }

    /** Closes all but the outermost frames. */
    closeTo(size: number): void {
        this.frames.length = Math.min(size, this.frames.length);
    }
}
