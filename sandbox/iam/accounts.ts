import { createHash } from "node:crypto";
import type { Principal, Store } from "../cloud";

/** A service account as IAM sees it. */
export interface Account {
    email: string;
    /** 21 digits. If a deleted account is made again, it gets another ID. */
    uniqueId: string;
    projectId: string;
    disabled: boolean;
}

/** The collection of service accounts in the store, as the `iam` API answers them. */
export const accountCollection = "iam.serviceAccounts";

/** The names of accounts whose email does not contain their project, by email. */
export const defaultAccountCollection = "iam.defaultAccounts";

/** Google's own accounts that act for a project's services: `service-123@gcp-sa-pubsub.iam.gserviceaccount.com`. */
const agent = /^(service-\d+@[a-z-]+\.iam|\d+@(cloudservices|cloudbuild))\.gserviceaccount\.com$/;
const owned = /^[^@]+@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/;
const appEngine = /^([a-z0-9-]+)@appspot\.gserviceaccount\.com$/;

/** The account with this email or unique ID. Undefined if there is none. Google's service agents always exist. */
export function findAccount(store: Store, emailOrId: string): Account | undefined {
    if (/^\d+$/.test(emailOrId)) {
        const found = store
            .list(accountCollection)
            .find(([, value]) => (value as { uniqueId?: string }).uniqueId === emailOrId);
        return found && toAccount(found[1]);
    }
    const email = emailOrId.toLowerCase();
    const project = (owned.exec(email) ?? appEngine.exec(email))?.[1];
    // The default account of Compute Engine carries its project's number, not its ID.
    const name =
        project === undefined
            ? store.get(defaultAccountCollection, email)
            : `projects/${project}/serviceAccounts/${email}`;
    const stored = typeof name === "string" ? store.get(accountCollection, name) : undefined;
    if (stored !== undefined) {
        return toAccount(stored);
    }
    // An account of a user's own may have a name like those of agents.
    return agent.test(email) ? { email, uniqueId: digits(email), projectId: "", disabled: false } : undefined;
}

/** A service account as the principal of a request. */
export type AccountPrincipal = Extract<Principal, { kind: "serviceAccount" }>;

export function accountPrincipal({ email, uniqueId }: Pick<Account, "email" | "uniqueId">): AccountPrincipal {
    return { kind: "serviceAccount", email, uniqueId };
}

function toAccount(value: unknown): Account {
    const { email = "", uniqueId = "", projectId = "", disabled = false } = value as Partial<Account>;
    return { email, uniqueId, projectId, disabled };
}

/** 21 digits that stay the same for the same text. */
export function digits(text: string): string {
    return `1${BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)
        .toString()
        .slice(0, 20)}`;
}
