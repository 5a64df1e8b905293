/** A list of steps in a source, as its lines look. Offsets are those of lines. */
export interface StepList {
    /** How many blanks stand before the dash of each step. */
    indentation: number;
    items: StepItem[];
}

/** One step of a list, from the line of its dash up to that of the next. */
export interface StepItem {
    from: number;
    /** Absent for the last step of a list: where that ends, only YAML knows. */
    to?: number;
    /** The lists of steps that it has inside. */
    lists: StepList[];
}

/** A line by its blanks, its dash, and what comes after them. */
const LINE = /( *)(-(?=[ \r\n]|$))?([^\n]*)\n?/y;
/** A key whose value is a list of steps. */
const STEPS_KEY = /^["']?steps["']?:\s*(?:#.*)?$/;

/**
 * Finds the lists of steps that are written one step after the other, each with its dash at the beginning of a line. Only the
 * lines are looked at: what looks like a list may be a part of a text of several lines.
 */
export function findStepLists(source: string): StepList[] {
    const roots: StepList[] = [];
    const open: StepList[] = [];
    let mayBegin = true;
    for (let at = 0; at < source.length; at = LINE.lastIndex) {
        LINE.lastIndex = at;
        const [, blanks = "", dash, rest = ""] = LINE.exec(source) ?? [];
        const indentation = blanks.length;
        const content = rest.trim();
        if (dash === undefined && (content === "" || content.startsWith("#"))) {
            continue;
        }
        let list = open.at(-1);
        while (list !== undefined && (list.indentation > indentation || (list.indentation === indentation && !dash))) {
            open.pop();
            list = open.at(-1);
        }
        if (dash !== undefined && list?.indentation === indentation) {
            const last = list.items.at(-1);
            if (last !== undefined) {
                last.to = at;
            }
            list.items.push({ from: at, lists: [] });
        } else if (dash !== undefined && mayBegin) {
            const begun = { indentation, items: [{ from: at, lists: [] }] };
            (list?.items.at(-1)?.lists ?? roots).push(begun);
            open.push(begun);
        }
        mayBegin = STEPS_KEY.test(content);
    }
    return roots;
}
