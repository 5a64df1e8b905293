import { randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Who may use the console. The link has a code in its fragment, which browsers send nowhere. The page gives it back once, and gets
 * a cookie that no script reads.
 */
export class Sessions {
    private readonly code = secret();
    private readonly open = new Set<string>();
    private isUsed = false;

    /** The code of the link. */
    get invitation(): string {
        return this.code;
    }

    /** The secret of a new session, or undefined if the code is wrong or was used. */
    exchange(code: string): string | undefined {
        if (this.isUsed || !isEqual(code, this.code)) {
            return undefined;
        }
        this.isUsed = true;
        const session = secret();
        this.open.add(session);
        return session;
    }

    has(session: string): boolean {
        return [...this.open].some((each) => isEqual(each, session));
    }
}

/** @param bytes how many random bytes it is made of */
export const secret = (bytes = 24): string => randomBytes(bytes).toString("base64url");

function isEqual(one: string, other: string): boolean {
    const [left, right] = [Buffer.from(one), Buffer.from(other)];
    return left.length === right.length && timingSafeEqual(left, right);
}
