import type { Answer, Question } from "./answer";
import { Facts, type Fact, type FactValues, type Need } from "./facts";
import { whoMayCall } from "./search";

/** Reads one fact. If it cannot read it, it tells why. */
export type ReadFact = <K extends keyof FactValues>(need: Need<K>) => Promise<Fact<FactValues[K]>>;

/** So many facts are read for one answer at most: the groups of a large organization must not keep a check for ever. */
const mostFacts = 5000;

/**
 * Answers a question by reading just what the search asks for: it searches, reads what was missing, and searches again.
 * @example const { verdict } = await gatherAnswer(question, read);
 */
export async function gatherAnswer(question: Question, read: ReadFact, facts = new Facts()): Promise<Answer> {
    for (let count = 0; ;) {
        const answer = whoMayCall(question, facts);
        const needs = facts.needs();
        count += needs.length;
        // What is left unread then is in the answer as not known.
        if (needs.length === 0 || count > mostFacts) {
            return answer;
        }
        await Promise.all(needs.map(async (need) => facts.tell(need, await read(need))));
    }
}
