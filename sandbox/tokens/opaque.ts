import { hash, randomBytes } from "node:crypto";
import { RecentMap } from "../../common";
import type { Clock } from "../cloud";

/** How many tokens are kept: more than any program uses at the same time. The oldest are dropped first. */
const most = 100_000;

/** Opaque tokens, held in memory and only as hashes: nobody can read one out of the sandbox. */
export class OpaqueTokens<T extends { expiresAt: number }> {
    private readonly byHash = new RecentMap<string, T>(most);

    constructor(
        private readonly prefix: string,
        private readonly clock: Clock,
    ) {}

    issue(info: T): string {
        const token = this.prefix + randomBytes(96).toString("base64url");
        this.byHash.set(hash("sha256", token, "base64url"), info);
        return token;
    }

    /** The value of a token, `"expired"`, or undefined if this sandbox did not issue it. */
    find(token: string): T | "expired" | undefined {
        const key = hash("sha256", token, "base64url");
        const info = this.byHash.get(key);
        if (!info || info.expiresAt > this.clock.now()) {
            return info;
        }
        this.byHash.delete(key);
        return "expired";
    }

    revoke(token: string): boolean {
        return this.byHash.delete(hash("sha256", token, "base64url"));
    }
}
