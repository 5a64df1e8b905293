import { type Answer, Facts, gatherAnswer, type Question } from "../../access";
import { accessReport, factReader, questionOf } from "../callers";
import type { Attempt, Context, DeclaredGrants, Trial } from "../attempt";
import type { AccessReport, AccessWay } from "../smoke-report";
import type { CallersProbe } from "../spec";
import { readAccount } from "./account";
import { isEnd } from "./api";

/** How often strangers are looked up again while callers that the program declares are not deployed yet. */
const TRIES_FOR_PENDING = 3;

/** Asks who may call the target. It reaches no code of the user's, and sends nothing to the target. */
export function callersTrial(probe: CallersProbe, context: Context): Trial {
    let tries = 0;
    return {
        caller: "anybody",
        target: probe.label,
        token: "none",
        expected: "only declared callers",
        async attempt() {
            tries += 1;
            // More grants can become known while the policies are read, so this is what was known before.
            const { grants, pending, incomplete, formerly = [] } = declaredNow(context);
            const question = questionOf(probe, grants, context.clock.now());
            const ids = probe.component === undefined ? [] : [probe.component, ...formerly];
            const answer = await answerOf(question, incomplete === true ? ids : [], context);
            const attempt = attemptOf(probe, accessReport(answer, probe.label, question));
            const later = answer.unread.some(({ temporary }) => temporary === true);
            if (answer.unreadAccounts && attempt.code !== "public") {
                return { ...attempt, outcome: "retry", atDeadline: attempt.outcome };
            }
            if (pending > 0 && answer.verdict === "violated" && attempt.code !== "public") {
                const again = tries < TRIES_FOR_PENDING || declaredNow(context).pending === 0;
                return again ? pendingAttempt(attempt, pending) : attempt;
            }
            return later && answer.verdict !== "violated"
                ? { ...attempt, outcome: "retry", atDeadline: attempt.outcome }
                : attempt;
        },
    };
}

const declaredNow = ({ declared }: Context): DeclaredGrants => ({ ...(declared?.() ?? { grants: [], pending: 0 }) });

/**
 * Who may call the target.
 * @param ids The IDs of the component that is asked about, if the program may still make callers of it. A caller that an
 * earlier update made was declared if its account names one of them.
 */
async function answerOf(
    question: Question,
    ids: readonly string[],
    context: Context,
): Promise<Answer & { unreadAccounts: boolean }> {
    const read = factReader(context);
    const facts = new Facts();
    const asked = new Set<string>();
    const allowed = [...question.allowed];
    let unreadAccounts = false;
    for (;;) {
        const answer = await gatherAnswer({ ...question, allowed }, read, facts);
        const strangers = new Set(answer.ways.filter(({ kind }) => kind === "stranger").map(({ member }) => member));
        const others = [...strangers].filter((member) => isOfProject(member, context.project) && !asked.has(member));
        if (ids.length === 0 || others.length === 0) {
            return { ...answer, unreadAccounts };
        }
        const accounts = await Promise.all(others.map((member) => readAccount(context, emailOf(member))));
        others.forEach((member, index) => {
            asked.add(member);
            const account = accounts[index] ?? {};
            unreadAccounts ||= isEnd(account) && account.outcome === "retry";
            if (!isEnd(account) && ids.some((id) => names(account.description, id))) {
                allowed.push(member);
            }
        });
    }
}

/**
 * Whether a member is a service account of the project. Whoever has another project can write any description there. An account
 * of the project `example.com:shop` has an address in `shop.example.com`.
 */
const isOfProject = (member: string, project: string): boolean =>
    member.startsWith("serviceAccount:") &&
    member.endsWith(`@${project.split(":").reverse().join(".")}.iam.gserviceaccount.com`);

const emailOf = (member: string): string => member.slice(member.indexOf(":") + 1);

/** Whether the description of an account names a component: `Calls orders-8d20c8f, stock-8a6fc12`. */
function names(description = "", component: string): boolean {
    const [verb, ...words] = description.split(/[\s,]+/);
    const hash = component.slice(component.lastIndexOf("-") + 1);
    return verb === "Calls" && words.some((word) => word === component || word === hash);
}

type Found = Attempt & { code?: string; outcome: Exclude<Attempt["outcome"], "retry"> };

function attemptOf(probe: CallersProbe, access: AccessReport): Found {
    const { label, exactly = false } = probe;
    const open = access.ways.filter(({ fix, kind }) => kind === "public" || kind === "stranger" || fix !== undefined);
    const certain = open.filter(({ doubt }) => doubt === undefined);
    switch (access.verdict) {
        case "proven":
            return { outcome: "passed", got: "proven", access };
        case "violated": {
            const isPublic = certain.some(({ kind }) => kind === "public");
            const code = isPublic ? "public" : "undeclared-caller";
            return {
                outcome: isPublic || exactly ? "failed" : "warning",
                got: "violated",
                code,
                access,
                diagnosis: {
                    code,
                    cause: `${label} can be called by others than its declared callers: ${certain.map(({ path }) => path).join("; ")}`,
                    fix: [...fixesOf(certain), ...declarationOf(certain), ...formerCaller(certain)].join("\n"),
                },
            };
        }
        case "unknown": {
            const doubts = open.flatMap(({ path, doubt }) => (doubt === undefined ? [] : [`${path}, if ${doubt}`]));
            const unread = access.unread.map(({ what, why }) => `${what} could not be read: ${why}`);
            const remedies = [...new Set(access.unread.flatMap(({ remedy }) => remedy ?? []))];
            return {
                outcome: exactly ? "failed" : "not-tried",
                got: "unknown",
                access,
                diagnosis: {
                    code: "callers-unknown",
                    cause: `it is not known who may call ${label}: ${[...unread, ...doubts].join("; ")}`,
                    ...(remedies.length > 0 && { fix: `give the check ${remedies.join(", and ")}` }),
                },
            };
        }
    }
}

const fixesOf = (ways: readonly AccessWay[]): string[] => [...new Set(ways.flatMap(({ fix }) => fix ?? []))];

/** The line that declares strangers who may call. Nobody can declare everybody. */
function declarationOf(ways: readonly AccessWay[]): string[] {
    const members = ways
        .filter(({ kind, member }) => kind !== "public" && /^[a-zA-Z]+:/.test(member))
        .map(({ member }) => JSON.stringify(member));
    return members.length === 0 ? [] : [`smokeCheck: { allowedCallers: [${[...new Set(members)].join(", ")}] }`];
}

/** A service account may have been a caller until now. Engines delete what a program no longer has after everything else. */
function formerCaller(ways: readonly AccessWay[]): string[] {
    return ways.some(({ member }) => member.startsWith("serviceAccount:"))
        ? [
              "if the account calls it and this component had another name until now, say that name as an alias of the component; if the program itself made that grant and does so no longer, the update would take it away only after this check: take it away by the command, and run the update again",
          ]
        : [];
}

/** Somebody who looks like a stranger may be a caller whose account is not known yet. */
function pendingAttempt(attempt: Found, pending: number): Attempt {
    const cause = `${pending === 1 ? "a grant of this program is" : `${pending} grants of this program are`} not deployed yet, so that who gets it cannot be told from a stranger`;
    return { ...attempt, outcome: "retry", got: "not known yet", diagnosis: { code: "callers-pending", cause } };
}
