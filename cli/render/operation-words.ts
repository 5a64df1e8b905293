import type { Operation } from "../../engine";

interface Words {
    /** Pulumi's symbol. */
    symbol: string;
    color: "green" | "yellow" | "red" | "magenta" | "cyan" | "gray";
    /** The word of a preview for what would be done. */
    plan: string;
    /** The word while the operation runs. */
    doing: string;
    done: string;
}

/** Pulumi's words and symbols for each operation, so that users of Pulumi understand our output. */
export const WORDS: Record<Operation, Words> = {
    create: { symbol: "+ ", color: "green", plan: "create", doing: "creating", done: "created" },
    update: { symbol: "~ ", color: "yellow", plan: "update", doing: "updating", done: "updated" },
    replace: { symbol: "+-", color: "magenta", plan: "replace", doing: "replacing", done: "replaced" },
    "create-replacement": {
        symbol: "++",
        color: "green",
        plan: "create replacement",
        doing: "creating replacement",
        done: "created replacement",
    },
    "delete-replaced": {
        symbol: "--",
        color: "red",
        plan: "delete original",
        doing: "deleting original",
        done: "deleted original",
    },
    delete: { symbol: "- ", color: "red", plan: "delete", doing: "deleting", done: "deleted" },
    "remove-pending-replace": {
        symbol: "~ ",
        color: "magenta",
        plan: "complete replacement",
        doing: "completing replacement",
        done: "completed replacement",
    },
    same: { symbol: "  ", color: "gray", plan: "unchanged", doing: "unchanged", done: "unchanged" },
    read: { symbol: "> ", color: "cyan", plan: "read", doing: "reading", done: "read" },
    "read-replacement": {
        symbol: ">>",
        color: "magenta",
        plan: "read for replacement",
        doing: "reading for replacement",
        done: "read for replacement",
    },
    discard: { symbol: "< ", color: "red", plan: "discard", doing: "discarding", done: "discarded" },
    "discard-replaced": {
        symbol: "<<",
        color: "red",
        plan: "discard original",
        doing: "discarding original",
        done: "discarded original",
    },
    refresh: { symbol: "~ ", color: "yellow", plan: "refresh", doing: "refreshing", done: "refreshed" },
    import: { symbol: "= ", color: "green", plan: "import", doing: "importing", done: "imported" },
    "import-replacement": {
        symbol: "=>",
        color: "magenta",
        plan: "import replacement",
        doing: "importing replacement",
        done: "imported replacement",
    },
};

/** `gcp:cloudrunv2/service:Service` as Pulumi shows it: `gcp:cloudrunv2:Service`. */
export function shortType(type: string): string {
    const [pkg, module, name] = type.split(":");
    if (!pkg || !module || !name) {
        return type;
    }
    const slash = module.lastIndexOf("/");
    const file = name.charAt(0).toLowerCase() + name.slice(1);
    return slash > 0 && module.slice(slash + 1) === file ? `${pkg}:${module.slice(0, slash)}:${name}` : type;
}

/** `0.4s`, `12s`, `3m5s`. A clock that was set back meanwhile gives `0.0s`. */
export function duration(milliseconds: number): string {
    const seconds = Math.max(0, milliseconds) / 1000;
    if (seconds < 10) {
        return `${seconds.toFixed(1)}s`;
    }
    if (seconds < 60) {
        return `${seconds.toFixed(0)}s`;
    }
    return `${Math.floor(seconds / 60)}m${Math.floor(seconds % 60)}s`;
}
