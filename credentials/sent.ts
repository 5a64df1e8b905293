import type { Http } from "./http";
import { redact } from "../common/redact";

/** The parts of a request that are no secret, so that an answer may repeat them. */
const OPEN_FIELDS = new Set([
    "audience",
    "client_id",
    "delegates",
    "format",
    "grant_type",
    "includeEmail",
    "lifetime",
    "options",
    "requested_token_type",
    "resource",
    "scope",
    "subject_token_type",
]);
const OPEN_HEADERS =
    /^(accept.*|cache-control|connection|content-.*|host|metadata-flavor|user-agent|x-goog-api-client|x-goog-user-project)$/i;

/** A text repeats a secret if it has so many consecutive characters of it, or all of a shorter secret. */
const REPEATED = 12;
/** How many secrets are remembered, so that a process that runs for months does not grow. */
const REMEMBERED = 100;
/** Shorter values are words, not secrets. */
const SHORTEST = 6;
/** How many characters of an answer are read, and how many of them are shown. */
const READ = 2048;
const SHOWN = 300;

/** The codes of OAuth 2.0 say what is wrong, and contain no secret. https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
const OAUTH_CODE =
    /\b(invalid_(request|client|grant|scope|target|token)|unauthorized_client|unsupported_grant_type|access_denied)\b/;

/** Sends requests, and quotes the answers without what the requests carried. */
export interface QuotingHttp extends Http {
    /** A text of the other side for an error message: in one line, cut, and without anything that was sent to it. */
    readonly quote: (said: string) => string;
}

/**
 * Remembers what requests carried, so that no error repeats it: a token endpoint or a proxy may answer with the
 * request that it got, in any encoding.
 */
export class SentSecrets {
    /** The latest secrets, in lower case. */
    private readonly secrets = new Set<string>();

    /** Sends the same requests, and remembers each before it is sent. */
    watch(http: Http): QuotingHttp {
        return {
            quote: (said) => this.quote(said),
            request: (request) => {
                this.remember(request.url, request.headers, request.body);
                return http.request(request);
            },
            fetch: (input, init) => {
                const { body } = init ?? {};
                const sent = typeof body === "string" || body instanceof URLSearchParams ? body.toString() : undefined;
                const url = input instanceof Request ? input.url : String(input);
                this.remember(url, Object.fromEntries(new Headers(init?.headers)), sent);
                return http.fetch(input, init);
            },
            close: () => http.close(),
        };
    }

    /** See {@link QuotingHttp.quote}. */
    quote(said: string): string {
        const read = said.slice(0, READ);
        if (this.repeatedIn(read)) {
            const [code] = OAUTH_CODE.exec(read) ?? [];
            return `${code === undefined ? "" : `${code}; `}the answer is not shown, because it repeats what was sent`;
        }
        return inOneLine(read);
    }

    private remember(url: string, headers: Record<string, string> = {}, body = ""): void {
        const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
        const fields = [...query, ...fieldsOf(body)].filter(([name]) => !OPEN_FIELDS.has(name));
        const values = Object.entries(headers).filter(([name]) => !OPEN_HEADERS.test(name));
        for (const [, value] of [...fields, ...values]) {
            const [, credential = value] = /^(?:basic|bearer) +(.+)$/i.exec(value) ?? [];
            this.add(credential);
            if (/^basic /i.test(value)) {
                const [, ...password] = Buffer.from(credential, "base64").toString("utf8").split(":");
                this.add(password.join(":"));
            }
        }
    }

    private add(secret: string): void {
        if (secret.length < SHORTEST) {
            return;
        }
        const lower = secret.toLowerCase();
        this.secrets.delete(lower);
        this.secrets.add(lower);
        const [oldest] = this.secrets;
        if (this.secrets.size > REMEMBERED && oldest !== undefined) {
            this.secrets.delete(oldest);
        }
    }

    private repeatedIn(text: string): boolean {
        const pieces = new Set([...this.secrets].flatMap(piecesOf));
        const lengths = new Set([...pieces].map((piece) => piece.length));
        return readingsOf(text).some((reading) =>
            [...lengths].some((length) =>
                Array.from(reading, (_, at) => at).some((at) => pieces.has(reading.slice(at, at + length))),
            ),
        );
    }
}

/** A text of another program for an error message, if nothing secret was sent to it: in one line, cut, and without tokens. */
export function inOneLine(said: string): string {
    const line = redact(said.slice(0, READ))
        .replace(/[\s\p{Cc}]+/gu, " ")
        .trim();
    return line.length > SHOWN ? `${line.slice(0, SHOWN)} …` : line;
}

/** All sequences of {@link REPEATED} consecutive characters of a secret. */
function piecesOf(secret: string): string[] {
    const rows = Math.max(1, secret.length - REPEATED + 1);
    return Array.from({ length: rows }, (_, at) => secret.slice(at, at + REPEATED));
}

/** The fields of a form or of a JSON object; any other body is one value. */
function fieldsOf(body: string): [name: string, value: string][] {
    try {
        const parsed: unknown = JSON.parse(body);
        return Object.entries(parsed ?? {}).map(([name, value]) => [name, String(value)]);
    } catch {
        return body.includes("=") ? [...new URLSearchParams(body)] : [["", body]];
    }
}

/** A text and everything that it can be decoded to, through at most three encodings, in lower case. */
function readingsOf(text: string): string[] {
    let latest = new Set([text]);
    const all = new Set(latest);
    for (let depth = 0; depth < 3; depth++) {
        latest = new Set([...latest].flatMap((reading) => DECODERS.map((decode) => decode(reading))));
        latest.forEach((reading) => (all.has(reading) ? latest.delete(reading) : all.add(reading)));
    }
    return [...all].map((reading) => reading.toLowerCase());
}

const fromCode = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : "");
const fromHex = (_: string, hex: string): string => fromCode(parseInt(hex, 16));
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", sol: "/", equals: "=" };

/** Each decodes one encoding wherever a text contains it, and leaves the rest as it is. */
const DECODERS: ((text: string) => string)[] = [
    (text) => text.replace(/%([0-9a-f]{2})/gi, fromHex),
    (text) =>
        text
            .replace(/\\u([0-9a-f]{4})/gi, fromHex)
            .replace(/\\u\{([0-9a-f]{1,6})\}/gi, fromHex)
            .replace(/\\x([0-9a-f]{2})/gi, fromHex)
            .replace(/\\([^ux])/g, "$1"),
    (text) =>
        text
            .replace(/&#x([0-9a-f]{1,6});?/gi, fromHex)
            .replace(/&#(\d{1,7});?/g, (_, code: string) => fromCode(Number(code)))
            .replace(/&(\w+);/g, (whole, name: string) => NAMED[name.toLowerCase()] ?? whole),
    (text) => text.replace(/=\r?\n/g, "").replace(/=([0-9a-f]{2})/gi, fromHex),
    (text) => text.replace(/[\s"'`,;|]+/g, ""),
    (text) =>
        text.replace(/(?:[0-9a-f]{2}[\s:]?){6,}/gi, (run) => Buffer.from(run.replace(/[\s:]/g, ""), "hex").toString()),
    // It is not known where a text of base64 begins: the characters before it may belong to the same alphabet.
    ...[0, 1, 2, 3].map(
        (start) => (text: string) =>
            text.replace(/[\w+/-]{8,}/g, (run) => Buffer.from(run.slice(start), "base64").toString("latin1")),
    ),
];
