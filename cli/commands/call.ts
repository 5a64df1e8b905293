import type { Command } from "commander";
import { claimsOf, createCredentials, createHttp, type CredentialOptions, type Credentials } from "../../credentials";
import { explainRefusal } from "../../smoke";
import { UserError } from "../errors";
import { idTokens, targetUrl } from "../id-tokens";

export interface CallFlags {
    request?: string;
    data?: string;
    header: string[];
    audience?: string;
    as?: string;
    anonymous?: boolean;
}

export function register(program: Command): void {
    program
        .command("call")
        .summary("call a service with the right identity")
        .description(
            "Sends one request with the credential that the receiver checks: an access token to Google's APIs, an ID token to " +
                "all others. The body goes to stdout, everything else to stderr. The command follows no redirects. It explains a refusal.",
        )
        .argument("<url>", "the URL to call")
        .option("-X, --request <method>", "the HTTP method (default: GET, with --data POST)")
        .option("-d, --data <body>", "the body; sent as JSON unless a header says otherwise")
        .option(
            "-H, --header <line>",
            "a header, as `Name: value`; may be repeated",
            (line, all: string[]) => [...all, line],
            [],
        )
        .option("--audience <url>", "the audience of the ID token (default: the root of the URL)")
        .option("--as <email>", "the service account to call as")
        .option("--anonymous", "send no credential")
        .action(async (url: string, flags: CallFlags) => {
            process.exitCode = await call(url, flags, process.stdout, process.stderr);
        });
}

interface Out {
    write(text: string): unknown;
}

/**
 * Runs the command.
 *
 * @returns the exit code: 0 if the status is below 400, else 1
 */
export async function call(
    address: string,
    flags: CallFlags,
    out: Out,
    log: Out,
    options: CredentialOptions = {},
): Promise<number> {
    const url = targetUrl(address, flags.anonymous === true);
    const http = options.http ?? createHttp(options.env ? { env: options.env } : {});
    const shown = flags.anonymous === true ? undefined : await credentialFor(url, flags, log, { ...options, http });
    const headers = { ...(flags.data !== undefined && { "content-type": "application/json" }), ...ownHeaders(flags) };
    const answer = await http.request({
        url: url.href,
        method: flags.request ?? (flags.data === undefined ? "GET" : "POST"),
        headers: { ...headers, ...(shown && { authorization: `Bearer ${shown.token}` }) },
        ...(flags.data !== undefined && { body: flags.data }),
    });
    log.write(`${answer.status} in ${Math.round(answer.milliseconds)} ms\n`);
    out.write(answer.body.endsWith("\n") || answer.body === "" ? answer.body : `${answer.body}\n`);
    if (answer.status < 300) {
        return 0;
    }
    const credentials = shown?.credentials ?? (await createCredentials({ ...options, http }).catch(() => undefined));
    if (credentials === undefined || isGoogleApi(url)) {
        return answer.status < 400 ? 0 : 1;
    }
    const claims = shown && claimsOf(shown.token);
    const email = claims?.["email"];
    const { cause, fix } = await explainRefusal({
        url: url.href,
        answer,
        credentials,
        ...(claims && { claims }),
        ...(typeof email === "string" && { account: email }),
    });
    log.write(`${url.host}: ${cause}\n${fix === undefined ? "" : `fix: ${fix}\n`}`);
    return answer.status < 400 ? 0 : 1;
}

const isGoogleApi = (url: URL): boolean => url.protocol === "https:" && url.hostname.endsWith(".googleapis.com");

async function credentialFor(
    url: URL,
    flags: CallFlags,
    log: Out,
    options: CredentialOptions,
): Promise<{ token: string; credentials: Credentials }> {
    const credentials = await createCredentials(options);
    if (isGoogleApi(url)) {
        const own = flags.as === undefined ? options : { ...options, impersonateServiceAccount: flags.as };
        const caller = await createCredentials(own);
        log.write(`credential: an access token, by ${caller.source.description}\n`);
        return { token: await caller.accessToken(), credentials };
    }
    const tokens = await idTokens(url, flags, log, credentials, options).catch((error: unknown) => {
        log.write(`${url.host} gets an ID token: it is none of Google's APIs, whose hosts end with .googleapis.com\n`);
        throw error;
    });
    return { token: await tokens.token(), credentials };
}

function ownHeaders({ header }: CallFlags): Record<string, string> {
    return Object.fromEntries(
        header.map((line) => {
            const colon = line.indexOf(":");
            if (colon < 1) {
                throw new UserError(`the header "${line}" has no name`, {
                    fix: `write it as "Name: value"`,
                    exitCode: 2,
                });
            }
            return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
        }),
    );
}
