import { gatherAnswer, isViolation, labelOf, pathOf, type Question, type Way } from "../access";
import type { StackProblem, StackRule, StackSubject } from "./rule";
import { StackPolicies } from "./stack-policies";

/** A way that nobody declared, and all that it leads to. */
interface Finding {
    way: Way;
    origin: StackSubject;
    labels: Set<string>;
    path: string;
}

/**
 * Finds callers that nobody declared, among those that the resources of a stack let in: by its grants, by accounts that
 * somebody may act as, by keys, and by services that do not check. Declared are those to whom a component of this package
 * gives a grant, and those of the configuration. What is not known is a problem too.
 */
export const onlyDeclaredCallers: StackRule = {
    name: "only-declared-callers",
    description: "nobody but its declared callers may invoke what the stack deploys",
    level: "advisory",
    checkStack: async (stack, { allowedCallers = [], administrators = "list" } = {}) => {
        const policies = new StackPolicies(stack);
        const findings = new Map<string, Finding>();
        const problems: StackProblem[] = policies.unplaced.map(unplaced);
        for (const [target, subject] of policies.targets) {
            const label = subject?.name ?? labelOf(target);
            const question: Question = {
                ...{ target, allowed: allowedCallers, grants: policies.declared, administrators },
                ...{ expected: {}, now: Date.now() },
            };
            const { ways, unread } = await gatherAnswer(question, (need) => Promise.resolve(policies.read(need)));
            for (const way of ways.filter((each) => isViolation(each, question))) {
                const origin = policies.originOf(way.steps[0]) ?? subject;
                const key = JSON.stringify([way.member, way.steps[0]]);
                const finding =
                    findings.get(key) ?? (origin && { way, origin, labels: new Set(), path: pathOf(way, label) });
                if (finding) {
                    finding.labels.add(label);
                    findings.set(key, finding);
                }
            }
            // To find the maker takes a search through all grants.
            const maker = unread.length > 0 ? policies.makerOf(target) : undefined;
            for (const { what, why } of maker ? unread : []) {
                const problem = `nobody can tell who may call ${label}: ${what} is not known: ${why}`;
                problems.push({ urn: maker?.urn ?? "", name: maker?.name ?? "", problem });
            }
        }
        return [...problems, ...[...findings.values()].map(problemOf)];
    },
};

function problemOf({ way: { member, doubt }, origin: { urn, name }, labels, path }: Finding): StackProblem {
    const who = `${doubt === undefined ? "lets" : "may let"} ${member} call ${[...labels].join(", ")}: ${path}`;
    const reason = doubt === undefined ? "" : `; ${doubt.what} is not known: ${doubt.why}`;
    const fix = "remove it, declare the caller by a component, or name it in allowedCallers of this rule";
    return { urn, name, problem: `${who}${reason}; ${fix}` };
}

const unplaced = ({ urn, name }: StackSubject): StackProblem => ({
    urn,
    name,
    problem: `nobody can tell whom ${name} lets in: it is not known yet which resource it is for; run the update, or gcp-invoke who after it`,
});
