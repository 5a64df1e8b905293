import { createHash, verify } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Cloud, Principal } from "../../cloud";
import { accountPrincipal, findAccount } from "../../iam";
import type { RouteRequest } from "../framework";

const ALGORITHM = "GOOG4-RSA-SHA256";
/** Seven days. */
const LONGEST = 604_800;
const MINUTE = 60_000;
export const NEEDED = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"].map(
    (name) => `X-Goog-${name}`,
);

/** A refusal as the XML API words it. https://cloud.google.com/storage/docs/xml-api/reference-status */
export interface Refusal {
    status: 400 | 403 | 501;
    code: string;
    message: string;
    /** The account that is said to have signed. */
    signer?: string;
}

/**
 * The account that signed a request by the V4 process, or why the signature is not taken.
 * https://cloud.google.com/storage/docs/authentication/canonical-requests
 */
export function signerOf(
    cloud: Cloud,
    verb: string,
    { params, query, headers }: Pick<RouteRequest, "params" | "query" | "headers">,
): Principal | Refusal {
    const missing = NEEDED.find((name) => !query.has(name));
    if (missing !== undefined) {
        return { status: 400, code: "AuthenticationRequired", message: `the query lacks ${missing}` };
    }
    const [algorithm = "", credential = "", date = "", expires = "", names = "", signature = ""] = NEEDED.map(
        (name) => query.get(name) ?? "",
    );
    if (algorithm !== ALGORITHM) {
        return { status: 501, code: "NotImplemented", message: `the sandbox takes ${ALGORITHM}, not ${algorithm}` };
    }
    const [, signer = "", scope = ""] = /^([^/]+)\/(\d{8}\/[^/]+\/storage\/goog4_request)$/.exec(credential) ?? [];
    const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
    const [year = 0, month = 1, ...rest] = parts.map(Number);
    const signedAt = Date.UTC(year, month - 1, ...rest);
    const lifetime = Number(expires);
    const signed = names.split(";");
    const bad = (code: string, message: string): Refusal => ({ status: 400, code, message, signer });
    if (signer === "" || parts.length === 0 || !scope.startsWith(date.slice(0, 8))) {
        return bad("InvalidArgument", "the credential or the date of the signature is malformed");
    }
    if (!Number.isInteger(lifetime) || lifetime < 1 || lifetime > LONGEST) {
        return bad("InvalidArgument", `X-Goog-Expires is ${expires}; it must be 1 to ${LONGEST} seconds`);
    }
    if (!signed.includes("host")) {
        return bad("InvalidArgument", "the header host must be signed");
    }
    const now = cloud.clock.now();
    if (now > signedAt + lifetime * 1000) {
        return bad("ExpiredToken", "The provided token has expired.");
    }
    if (now < signedAt - 15 * MINUTE) {
        return { status: 403, code: "RequestTimeTooSkewed", message: "the signature is not valid yet", signer };
    }
    const text = [
        ALGORITHM,
        date,
        scope,
        createHash("sha256")
            .update(canonicalRequest(verb, params, query, headers, signed))
            .digest("hex"),
    ].join("\n");
    const account = findAccount(cloud.store, signer);
    const keys = account ? cloud.tokens.accountKeyCandidates(account.email, undefined) : [];
    const bytes = Buffer.from(signature, "hex");
    if (!account || !keys.some((key) => verify("sha256", Buffer.from(text), key, bytes))) {
        return {
            status: 403,
            code: "SignatureDoesNotMatch",
            message: "Access denied. The request signature we calculated does not match the signature you provided.",
            signer,
        };
    }
    return accountPrincipal(account);
}

function canonicalRequest(
    verb: string,
    { bucket = "", object = "" }: Record<string, string>,
    query: URLSearchParams,
    headers: IncomingHttpHeaders,
    signed: readonly string[],
): string {
    const path = `/${encoded(bucket)}/${object.split("/").map(encoded).join("/")}`;
    const parameters = [...query]
        .filter(([name]) => name !== "X-Goog-Signature")
        .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
        .sort();
    const values = signed.map(
        (name) =>
            `${name}:${String(headers[name] ?? "")
                .trim()
                .replaceAll(/\s+/g, " ")}\n`,
    );
    const payload = signed.includes("x-goog-content-sha256") ? headers["x-goog-content-sha256"] : "UNSIGNED-PAYLOAD";
    return [verb, path, parameters.join("&"), values.join(""), signed.join(";"), payload].join("\n");
}

/** As RFC 3986 encodes: `encodeURIComponent` leaves a few characters. */
function encoded(text: string): string {
    return encodeURIComponent(text).replaceAll(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}
