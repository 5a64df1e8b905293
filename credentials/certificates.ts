import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { createHttp, type Http } from "./http";
import { json } from "./json";
import { AnswerError } from "./errors";

/** Public keys by their `kid`. */
export interface KeySource {
    /** The key of that name; undefined where the issuer has none of it, even after asking anew. */
    key(kid: string): Promise<KeyObject | undefined>;
}

/** Unknown names make the source ask anew at most this often: whoever sends forged tokens must not cause a flood. */
const refreshMilliseconds = 60_000;

/** Where an answer names no lifetime. */
const defaultLifetimeMilliseconds = 3_600_000;

/** Google's keys for ID tokens, and IAP's for its assertions. */
export const googleKeys = "https://www.googleapis.com/oauth2/v3/certs";
export const iapKeys = "https://www.gstatic.com/iap/verify/public_key-jwk";

/**
 * A key set fetched from `url`, kept as long as the answer's `max-age` says, fetched anew when a token names a key that
 * is not in it. Callers share one fetch.
 */
export function remoteKeys(url: string, http: Http = createHttp(), now: () => number = Date.now): KeySource {
    let keys = new Map<string, KeyObject>();
    let freshUntil = 0;
    let askedAt = -Infinity;
    let pending: Promise<void> | undefined;

    const fetchKeys = async (): Promise<void> => {
        askedAt = now();
        const answer = await http.request({ url, timeoutSeconds: 10 });
        if (answer.status !== 200) {
            throw new AnswerError(`${url} answered ${answer.status}`);
        }
        const found = json.object(json.parse(answer.body))["keys"];
        if (!Array.isArray(found)) {
            throw new AnswerError(`${url} holds no keys`);
        }
        keys = new Map(
            found.map((jwk: JsonWebKey) => [json.string(jwk, "kid"), createPublicKey({ key: jwk, format: "jwk" })]),
        );
        const [, seconds] = /max-age=(\d+)/.exec(answer.headers["cache-control"] ?? "") ?? [];
        freshUntil = now() + (seconds === undefined ? defaultLifetimeMilliseconds : Number(seconds) * 1000);
    };
    const refresh = (): Promise<void> => (pending ??= fetchKeys().finally(() => (pending = undefined)));

    return {
        async key(kid) {
            if (pending || now() >= freshUntil) {
                await refresh();
            }
            if (!keys.has(kid) && now() - askedAt >= refreshMilliseconds) {
                await refresh();
            }
            return keys.get(kid);
        },
    };
}
