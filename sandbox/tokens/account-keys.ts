import { RecentMap } from "../../common";
import { createPublicKey, type KeyObject } from "node:crypto";
import type { Store } from "../cloud";
import { findAccount } from "../iam";
import { generateKey, type SigningKey } from "./keys";

/** The collection of the keys that users made for accounts: `projects/p/serviceAccounts/E/keys/K` → {@link StoredKey}. */
export const accountKeyCollection = "iam.serviceAccountKeys";

/** A key of an account. Only the public key is kept. As at Google, only the user has the private key. */
export interface StoredKey {
    /** SPKI, PEM. */
    publicKeyPem: string;
    disabled?: boolean;
}

/** How many of the keys are kept that sign for an account. If a dropped one is needed, another key is made, because Google changes them too. */
const SYSTEM_KEYS = 1000;

/** The keys of service accounts: those that users made, and Google's own that sign for an account. */
export class AccountKeys {
    private readonly system = new RecentMap<string, SigningKey>(SYSTEM_KEYS);
    private readonly parsed = new WeakMap<object, KeyObject>();

    constructor(private readonly store: Store) {}

    /** The key that `signJwt` and `signBlob` use. It is in memory only, and made when it is first needed. */
    systemKey(account: { email: string; uniqueId: string }): SigningKey {
        const known = this.system.get(account.uniqueId) ?? generateKey();
        this.system.set(account.uniqueId, known);
        return known;
    }

    /** The key of an account that a token names; undefined if it does not exist, or is disabled or deleted. */
    find(email: string, keyId: unknown): KeyObject | undefined {
        const account = findAccount(this.store, email);
        if (!account || typeof keyId !== "string") {
            return undefined;
        }
        const system = this.system.get(account.uniqueId);
        if (system?.id === keyId) {
            return system.publicKey;
        }
        const name = `projects/${account.projectId}/serviceAccounts/${account.email}/keys/${keyId}`;
        const stored = this.store.get(accountKeyCollection, name) as StoredKey | undefined;
        if (!stored || stored.disabled) {
            return undefined;
        }
        const key = this.parsed.get(stored) ?? createPublicKey(stored.publicKeyPem);
        this.parsed.set(stored, key);
        return key;
    }

    /** The keys that may have signed: the one that a token names, or all keys of the account if it names none. */
    candidates(email: string, keyId: unknown): KeyObject[] {
        const account = findAccount(this.store, email);
        if (!account) {
            return [];
        }
        const prefix = `projects/${account.projectId}/serviceAccounts/${account.email}/keys/`;
        const ids =
            keyId === undefined
                ? [
                      ...this.store.list(accountKeyCollection, prefix).map(([name]) => name.slice(prefix.length)),
                      this.system.get(account.uniqueId)?.id,
                  ]
                : [keyId];
        return ids.map((id) => this.find(email, id)).filter((key) => key !== undefined);
    }
}
