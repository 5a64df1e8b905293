import type { Context, Trial } from "../attempt";
import { accountProblem } from "../diagnosis";
import type { AccountProbe } from "../spec";
import { ask, isEnd, type Need, type NoAnswer } from "./api";

const reading: Need = {
    failure: "the account could not be read",
    permission: "iam.serviceAccounts.get",
    role: "roles/iam.serviceAccountViewer",
};

interface Account {
    disabled?: boolean;
    description?: string;
}

/** Reads an account by its email address. */
export function readAccount(context: Context, account: string): Promise<Account | NoAnswer> {
    const url = `https://iam.googleapis.com/v1/projects/-/serviceAccounts/${encodeURIComponent(account)}`;
    return ask(context, reading, "GET", url);
}

/** Reads an account. While it is disabled or missing, what runs as it gets no token. */
export function accountTrial({ account, label }: AccountProbe, context: Context): Trial {
    return {
        ...{ caller: account, target: label, token: "none", expected: "enabled" },
        async attempt() {
            const read = await readAccount(context, account);
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
