import { claimsOf } from "./claims";

/** A token and the time it ends, in milliseconds since 1970. */
export interface Minted {
    token: string;
    expiresAt: number;
}

/** Tokens are renewed this long before they expire, so that none expires while its request is on the way. */
const renewMilliseconds = 5 * 60_000;

/** Keeps tokens in memory until shortly before they expire. Callers that ask for the same token at the same time share a request. */
export class TokenCache {
    private readonly entries = new Map<string, Promise<Minted>>();

    constructor(private readonly now: () => number = Date.now) {}

    async get(key: string, mint: () => Promise<Minted>): Promise<string> {
        const known = this.entries.get(key);
        if (known !== undefined) {
            const { token, expiresAt } = await known;
            if (expiresAt - renewMilliseconds > this.now()) {
                return token;
            }
            // Another caller may have begun to renew it while this one waited.
            if (this.entries.get(key) !== known) {
                return this.get(key, mint);
            }
        }
        const fresh = mint();
        this.entries.set(key, fresh);
        try {
            return (await fresh).token;
        } catch (error) {
            if (this.entries.get(key) === fresh) {
                this.entries.delete(key);
            }
            throw error;
        }
    }

    /** Drops what is kept, so that the next call asks again. */
    clear(): void {
        this.entries.clear();
    }
}

/** An ID token with the expiry that its claims name. */
export function mintedIdToken(token: string): Minted {
    const expiry = claimsOf(token)?.["exp"];
    return { token, expiresAt: typeof expiry === "number" ? expiry * 1000 : 0 };
}
