import { gatherAnswer } from "../../access";
import { accessReport, factReader, questionOf } from "../callers";
import type { Attempt, Context, DeclaredGrants, Trial } from "../attempt";
import type { AccessReport, AccessWay } from "../smoke-report";
import type { CallersProbe } from "../spec";

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
            const { grants, pending } = declaredNow(context);
            const question = questionOf(probe, grants, context.clock.now());
            const answer = await gatherAnswer(question, factReader(context));
            const attempt = attemptOf(probe, accessReport(answer, probe.label, question));
            const later = answer.unread.some(({ temporary }) => temporary === true);
            if (pending > 0 && answer.verdict === "violated" && attempt.code !== "public") {
                const again = tries < TRIES_FOR_PENDING || declaredNow(context).pending === 0;
                return pendingAttempt(attempt, pending, again);
            }
            return later && answer.verdict !== "violated"
                ? { ...attempt, outcome: "retry", atDeadline: attempt.outcome }
                : attempt;
        },
    };
}

const declaredNow = ({ declared }: Context): DeclaredGrants => ({ ...(declared?.() ?? { grants: [], pending: 0 }) });

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
              "if the program itself made that grant and does so no longer, the update would take it away only after this check: take it away by the command, and run the update again",
          ]
        : [];
}

/** Somebody who looks like a stranger may be a caller whose account is not known yet. */
function pendingAttempt(attempt: Found, pending: number, again: boolean): Attempt {
    const cause = `${pending === 1 ? "a grant of this program is" : `${pending} grants of this program are`} not deployed yet, so that who gets it cannot be told from a stranger`;
    return {
        ...attempt,
        outcome: again ? "retry" : "not-tried",
        got: "not known yet",
        diagnosis: { code: "callers-pending", cause, fix: "gcp-invoke who" },
    };
}
