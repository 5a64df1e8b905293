import type { Context, Trial } from "../attempt";
import { accountProblem } from "../diagnosis";
import type { AccountProbe } from "../spec";
import { ask, isEnd, type Need } from "./api";

const reading: Need = {
    failure: "the account could not be read",
    permission: "iam.serviceAccounts.get",
    role: "roles/iam.serviceAccountViewer",
};

/** Reads an account. While it is disabled or missing, what runs as it gets no token. */
export function accountTrial({ account, label }: AccountProbe, context: Context): Trial {
    return {
        ...{ caller: account, target: label, token: "none", expected: "enabled" },
        async attempt() {
            const url = `https://iam.googleapis.com/v1/projects/-/serviceAccounts/${encodeURIComponent(account)}`;
            const read = await ask<{ disabled?: boolean }>(context, reading, "GET", url);
            if (!isEnd(read) && read.disabled !== true) {
                return { outcome: "passed", got: "enabled" };
            }
            const diagnosis = await accountProblem(context, `serviceAccount:${account}`);
            if (diagnosis) {
                return { outcome: "failed", got: diagnosis.code.replace("account-", ""), diagnosis };
            }
            return isEnd(read) && read.status !== 403 ? read : { ...read, outcome: "not-tried", got: "not readable" };
        },
    };
}
