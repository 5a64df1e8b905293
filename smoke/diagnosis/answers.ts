import { type HttpResponse, redact } from "../../credentials";
import { readJson } from "../json";

/** Whether a status is that of a success. A redirect is none: it is not followed, so nothing was done. */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Whether an answer redirects to Google's sign-in page, as IAP does with a caller without a token. */
export const isSignIn = (answer: HttpResponse): boolean =>
    answer.status === 302 && (answer.headers["location"] ?? "").startsWith("https://accounts.google.com/");

/**
 * Where an answer redirects to. Undefined if it does not, or names no place, or a host that holds a token. It is without
 * the query, which may hold one too.
 */
export function redirectTo(answer: HttpResponse, from: string): URL | undefined {
    const location = answer.headers["location"] ?? "";
    if (answer.status < 300 || answer.status >= 400 || location === "" || !URL.canParse(location, from)) {
        return undefined;
    }
    // A URL has its host in lower case, in which nobody finds a token any more.
    const [, host = ""] = /^[^/?#]*\/\/([^/?#]*)/.exec(location) ?? [];
    if (redact(host) !== host) {
        return undefined;
    }
    const { origin, pathname } = new URL(location, from);
    return URL.canParse(origin) ? new URL(pathname, origin) : undefined;
}

/** An answer in a few words: `200`, `302 to https://other.example/login`, `302 to the sign-in page`. */
export function answerInWords(answer: HttpResponse, from: string): string {
    if (isSignIn(answer)) {
        return `${answer.status} to the sign-in page`;
    }
    const to = redirectTo(answer, from);
    return to === undefined ? String(answer.status) : `${answer.status} to ${to.href}`;
}

/** What Google's front end says in its own pages and lines. The lines of its proxy are from memory [K]. */
const pages: readonly RegExp[] = [
    /<h1>Error: [^<]+<\/h1>/,
    /<title>Error \d{3} \([^)]*\)!!1<\/title>/,
    /^Invalid IAP credentials/,
    /^Rate exceeded\.\s*$/,
    /^Service Unavailable\s*$/,
    /^The request was aborted because there was no available instance/,
    /^(upstream connect error|upstream request timeout|no healthy upstream)/,
];

/** The part of an answer that says who made it. */
export interface Signed {
    status: number;
    headers: Record<string, string>;
    body: string;
    /** The method of the request, if it is known. An answer to `HEAD` has no body. */
    method?: string;
}

/** The statuses of gateways. Without a text, such an answer may come from any gateway on the way. */
const ofGateways: readonly number[] = [429, 502, 503, 504];

/**
 * Whether the receiver's own code made an answer, and not Google before it. Undefined if the answer does not tell. Google's
 * front end and its APIs say something, in a form of their own; whatever else comes is from the code.
 */
export function isByCode({ status, headers, body, method }: Signed): boolean | undefined {
    if (method?.toUpperCase() === "HEAD" || (body === "" && ofGateways.includes(status))) {
        return undefined;
    }
    if (status === 401 && /^Bearer error=/.test(headers["www-authenticate"] ?? "")) {
        return false;
    }
    return !pages.some((page) => page.test(body)) && !isApiError(body, status);
}

/** Whether a text is an error of Google's APIs. https://cloud.google.com/apis/design/errors */
function isApiError(text: string, status: number): boolean {
    const { error } = Object(readJson(text)) as { error?: { code?: unknown; status?: unknown } | null };
    return error?.code === status && typeof error.status === "string";
}

/** The beginning of an answer's text, as one line for people, without tokens. */
export function excerpt(body: string): string {
    const text = redact(body.slice(0, 2000))
        .replace(/<[^>]{0,200}>/g, " ")
        .replace(/\s+/g, " ")
        .trim();
    return text === "" ? "an empty body" : JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
