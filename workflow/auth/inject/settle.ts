import { groupBy } from "../../../common";
import { type CallAction, type Parsed, type Routine, parseWorkflow } from "../../syntax";
import { type Left, leftFor } from "../advice";
import { type Difference, differences } from "./difference";
import { type Edit, Edited, type Meant } from "../edit";
import type { LeftSite, Proposal } from "./plan";

/** What is written, and the calls that are left. */
export interface Settled {
    kept: Proposal[];
    left: LeftSite[];
}

/** Rounds after which the rest is left: each takes out what the one before showed, most often all of it. */
const MAX_ROUNDS = 10;

/**
 * What of the proposals can be written so that the source is read as it was but for the credentials that are meant. What
 * would change something else, through an anchor or `<<` or because it is written in an unforeseen way, is
 * done otherwise, or left.
 */
export function settle(parsed: Parsed, proposals: (Proposal | LeftSite)[]): Settled {
    const left: LeftSite[] = [];
    let next = proposals;
    for (let round = 1; ; round++) {
        left.push(...next.filter((each) => "site" in each));
        const kept = next.filter((each) => "covers" in each);
        const harms = harmsOf(parsed, kept);
        if (harms.size === 0) {
            return { kept, left };
        }
        next = kept.flatMap((proposal): (Proposal | LeftSite)[] => {
            const reason = harms.get(proposal) ?? (round < MAX_ROUNDS ? undefined : reasonFor({}, proposal));
            return reason === undefined
                ? [proposal]
                : round < MAX_ROUNDS
                  ? proposal.otherwise(reason)
                  : proposal.covers.map((site) => ({ site, ...reason }));
        });
    }
}

/** The edits of proposals, each once. */
export function editsOf(proposals: readonly Proposal[]): Edit[] {
    const edits = proposals.flatMap(({ written }) => written.edits);
    return [...new Map(edits.map((edit) => [editKey(edit), edit])).values()];
}

/** The proposals that change something else than they are meant to, and what. */
function harmsOf(parsed: Parsed, proposals: Proposal[]): Map<Proposal, Left> {
    const harms = new Map<Proposal, Left>();
    if (proposals.length === 0 || parsed.program === undefined) {
        return harms;
    }
    const edited = new Edited(parsed.source, editsOf(proposals));
    const byEdit = groupBy(
        proposals.flatMap((proposal) => proposal.written.edits.map((edit) => ({ key: editKey(edit), proposal }))),
        ({ key }) => key,
    );
    const byCall = new Map(proposals.flatMap((proposal) => proposal.covers.map(({ call }) => [call.action, proposal])));
    const blame = (found: Difference, guilty: Proposal[]): void => {
        for (const proposal of guilty.length > 0 ? guilty : proposals) {
            harms.set(proposal, harms.get(proposal) ?? reasonFor(found, proposal));
        }
    };
    const wanting = (edit: Edit | undefined): Proposal[] =>
        edit === undefined ? [] : (byEdit.get(editKey(edit)) ?? []).map(({ proposal }) => proposal);

    edited.edits.forEach((edit, index) => {
        if (edit.start < (edited.edits[index - 1]?.end ?? 0)) {
            blame({}, wanting(edit));
        }
    });
    const after = parseWorkflow(edited.text, { file: parsed.file, format: parsed.format, maxBytes: Infinity });
    for (const { span } of after.diagnostics.filter(({ severity }) => severity === "error")) {
        blame({}, wanting(edited.touching(0, span.end.offset + 1)));
    }
    const found = after.program === undefined ? [] : differences(parsed.program, after.program, meantBy(proposals));
    for (const difference of found) {
        const { before, after: now, call } = difference;
        const proposal = call && byCall.get(call);
        const edit = (now && edited.touching(now.start.offset, now.end.offset)) ?? (before && edited.replacing(before));
        blame(difference, proposal === undefined ? wanting(edit) : [proposal]);
    }
    return harms;
}

function meantBy(proposals: readonly Proposal[]): Parameters<typeof differences>[2] {
    const calls = new Map<CallAction, Meant>();
    const steps = new Map<Routine, Set<string>>();
    for (const { covers, written } of proposals) {
        for (const site of covers) {
            const { action, routine } = site.call;
            calls.set(action, written.meant(site));
            if (written.step !== undefined) {
                steps.set(routine, (steps.get(routine) ?? new Set()).add(written.step));
            }
        }
    }
    return { calls, steps };
}

function reasonFor({ place = "other parts of the source" }: Difference, { written: { byHand } }: Proposal): Left {
    return leftFor("shared", place, byHand);
}

function editKey({ start, end, text }: Edit): string {
    return `${start} ${end} ${text}`;
}
