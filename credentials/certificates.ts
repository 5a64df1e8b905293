import { createPublicKey, type KeyObject } from "node:crypto";
import { messageOf } from "../errors";
import { AnswerError } from "./errors";
import { createHttp, type Http } from "./http";
import { json } from "./json";

/** Public keys by their `kid`. */
export interface KeySource {
    /**
     * The key with this ID; undefined if the issuer has no such key, even when asked again.
     * @throws if the keys cannot be fetched, so that it is not known
     */
    key(kid: string): Promise<KeyObject | undefined>;
}

/** Unknown key IDs make the source ask again at most this often, so that forged tokens do not cause a flood of requests. */
const unknownKeyMilliseconds = 60_000;

/** The wait after a failed fetch. It doubles after each further failure, up to a minute. */
const firstRetryMilliseconds = 1000;
const lastRetryMilliseconds = 60_000;

/** How long keys are kept if the answer does not say. The longest lifetime is a day, whatever it says. */
const defaultLifetimeMilliseconds = 3_600_000;
const longestLifetimeMilliseconds = 24 * 3_600_000;

/** How long keys are used after their lifetime while no new ones can be fetched, so that an outage does not lock callers out. */
const staleMilliseconds = 24 * 3_600_000;

/** Google's keys for ID tokens, and IAP's for its assertions. */
export const googleKeys = "https://www.googleapis.com/oauth2/v3/certs";
export const iapKeys = "https://www.gstatic.com/iap/verify/public_key-jwk";

/**
 * A key set fetched from `url`, kept as long as the answer's `max-age` says (an hour by default, a day at most), and
 * fetched again when a token names a key that is not in it, once a minute at most. Callers share one fetch.
 *
 * While the keys cannot be fetched, the known ones are used for another day, and the source asks again after 1, 2, 4 … 60
 * seconds. Keys that are not for verifying RS256 or ES256 are ignored. `jose` has a remote key set too; it drops
 * the keys when they are stale and asks at each request while the endpoint is down, so it is not used here.
 *
 * @param now Milliseconds since 1970.
 * @example
 * await verifyIdToken(token, { audience, keys: remoteKeys("https://issuer.example.com/certs") });
 */
export function remoteKeys(url: string, http: Http = createHttp(), now: () => number = Date.now): KeySource {
    let keys = new Map<string, KeyObject>();
    let freshUntil = -Infinity;
    let askedAt = -Infinity;
    let failures = 0;
    let lastFailure = "";
    let pending: Promise<void> | undefined;

    const fetchKeys = async (): Promise<void> => {
        askedAt = now();
        try {
            const answer = await http.request({ url, timeoutSeconds: 10 });
            if (answer.status !== 200) {
                throw new AnswerError(`${url} answered ${answer.status}`);
            }
            keys = usableKeys(answer.body, url);
            freshUntil = now() + lifetimeOf(answer.headers["cache-control"]);
            failures = 0;
        } catch (error) {
            failures++;
            lastFailure = messageOf(error);
        }
    };
    const refresh = (): Promise<void> => (pending ??= fetchKeys().finally(() => (pending = undefined)));
    /** Asks again, unless the last answer or the last failure is recent enough. */
    const refreshAfter = async (milliseconds: number): Promise<void> => {
        const retry = Math.min(firstRetryMilliseconds * 2 ** (failures - 1), lastRetryMilliseconds);
        if (pending || now() - askedAt >= (failures > 0 ? retry : milliseconds)) {
            await refresh();
        }
    };

    return {
        async key(kid) {
            if (!(now() < freshUntil)) {
                await refreshAfter(0);
            }
            const known = now() < freshUntil + staleMilliseconds ? keys.get(kid) : undefined;
            if (known !== undefined) {
                return known;
            }
            await refreshAfter(unknownKeyMilliseconds);
            if (failures > 0) {
                throw new AnswerError(lastFailure);
            }
            return keys.get(kid);
        },
    };
}

/** The keys of a set that verify signatures. https://www.rfc-editor.org/rfc/rfc7517#section-4 */
function usableKeys(body: string, url: string): Map<string, KeyObject> {
    const found = json.object(json.parse(body))["keys"];
    if (!Array.isArray(found)) {
        throw new AnswerError(`${url} holds no keys`);
    }
    const usable = new Map<string, KeyObject>();
    for (const jwk of found as unknown[]) {
        const key = usableKey(jwk);
        if (key !== undefined && !usable.has(key.kid)) {
            usable.set(key.kid, key.key);
        }
    }
    if (usable.size === 0) {
        throw new AnswerError(`${url} holds no key that verifies RS256 or ES256`);
    }
    return usable;
}

/** A key that is for verifying; undefined for any other key that the issuer publishes. */
function usableKey(value: unknown): { kid: string; key: KeyObject } | undefined {
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    const jwk = value as Record<string, unknown>;
    const { kid, use, alg, key_ops: operations } = jwk;
    const meant =
        typeof kid === "string" &&
        (use === undefined || use === "sig") &&
        (alg === undefined || alg === "RS256" || alg === "ES256") &&
        (operations === undefined || (Array.isArray(operations) && operations.includes("verify"))) &&
        // A private key that its issuer has published is known to everybody.
        jwk["d"] === undefined;
    if (!meant) {
        return undefined;
    }
    try {
        const key = createPublicKey({ key: jwk, format: "jwk" });
        const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
        const strong = key.asymmetricKeyType === "rsa" ? modulusLength >= 2048 : namedCurve === "prime256v1";
        const fits = alg === undefined || alg === (key.asymmetricKeyType === "rsa" ? "RS256" : "ES256");
        return strong && fits ? { kid, key } : undefined;
    } catch {
        return undefined;
    }
}

function lifetimeOf(cacheControl = ""): number {
    const [, seconds] = /(?:^|[\s,])max-age="?(\d+)/i.exec(cacheControl) ?? [];
    const milliseconds = seconds === undefined ? defaultLifetimeMilliseconds : Number(seconds) * 1000;
    return Math.min(milliseconds, longestLifetimeMilliseconds);
}
