import type { Said } from "./said";

/** The runs in which a header is sent. */
type Runs = "all" | "some" | "none";

const besideAuth = (call: string, header: string, runs: Runs): string =>
    `${call} has auth and${runs === "all" ? "" : ", in some runs,"} ${header} header`;

const suppress = "# gcp-invoke-ignore manual-bearer: reason";

/**
 * Credentials in headers, alone and beside `auth`. `headers.ts` says what Google's receivers do with two of them.
 * `own` is what a call as the workflow's own account has instead: `add auth: {…}`.
 */
export const headerAdvice = {
    "manual-bearer/account": (call: string, header: string, to: string, account: string): Said => [
        `${call} writes the ${header} header for ${to} by hand, with a token of ${account}`,
        `keep it if the call is meant as ${account}, and say so above it: ${suppress}; auth would make the call as the workflow's own account`,
    ],
    "manual-bearer/caller": (call: string, header: string, to: string): Said => [
        `${call} writes the ${header} header for ${to} by hand, with a token that whoever executes the workflow gives`,
        `keep it if the call is meant as its account, and say so above it: ${suppress}; arguments are kept with the execution, for everyone who may read it`,
    ],
    "manual-bearer/stored": (call: string, header: string, to: string, own: string): Said => [
        `${call} writes the ${header} header for ${to} by hand, from Secret Manager`,
        `remove the header and ${own}: tokens of Google's run out within an hour; keep it if the service checks a credential of its own, and say so above it: ${suppress}`,
    ],
    "manual-bearer/metadata": (call: string, header: string, to: string, own: string): Said => [
        `${call} writes the ${header} header for ${to} by hand, with a token of a metadata server, which Workflows does not have`,
        `remove the header and the step that asks for the token, and ${own}`,
    ],
    "manual-bearer/literal": (call: string, header: string, to: string, own: string): Said => [
        `${call} writes the ${header} header for ${to} by hand, with a token in the source`,
        `remove the header, and ${own}: a token in the source runs out within an hour`,
    ],
    "manual-bearer/scheme": (call: string, header: string, to: string, scheme: string): Said => [
        `${call} sends ${header}: ${scheme} to ${to}, and Google checks Bearer tokens only`,
        `keep it if the service lets everyone in and checks it itself, and say so above it: ${suppress}; otherwise send the ID token in X-Serverless-Authorization beside it`,
    ],
    "manual-bearer/unknown": (call: string, header: string, to: string, own: string): Said => [
        `${call} writes the ${header} header for ${to} by hand, and it is not known whose token it is`,
        `keep it if another account's token is meant, and say so above it: ${suppress}; for the workflow's own account, remove the header and ${own}`,
    ],
    "token-leak/header": (call: string, header: string, to: string, fix: string): Said => [
        `${call} sends ${header} to ${to}: it is not known who receives the credential`,
        fix,
        "warning",
    ],
    "double-auth/run": (call: string, to: string, runs: Runs): Said => [
        `${besideAuth(call, "an Authorization", runs)}: both set one header, and ${to} sees one of them`,
        "remove the header; if the service reads Authorization itself, remove auth instead, and send an ID token from generateIdToken of IAM Credentials in X-Serverless-Authorization",
    ],
    "double-auth/iap": (call: string, to: string, runs: Runs): Said => [
        `${besideAuth(call, "an Authorization", runs)}: both set one header, and ${to} sees one of them`,
        "remove the header; if the application reads Authorization itself, remove auth instead, and send an ID token from generateIdToken of IAM Credentials in Proxy-Authorization",
    ],
    "double-auth/google-api": (call: string, to: string, runs: Runs): Said => [
        `${besideAuth(call, "an Authorization", runs)}: both set one header, and ${to} sees one of them`,
        "remove the header; to call as the account of the header's token, remove auth instead",
    ],
    "double-auth/external": (call: string, to: string, runs: Runs): Said => [
        `${besideAuth(call, "an Authorization", runs)}: both set one header, and ${to} sees one of them`,
        "remove auth if this receiver is not Google's, and the header if it is",
    ],
    "double-auth/serverless": (call: string, to: string, runs: Runs): Said => [
        `${besideAuth(call, "an X-Serverless-Authorization", runs)}: ${to} checks the header alone, and hands the token of auth to the service, signature and all`,
        "remove the header; to call as the account of the header's token, remove auth instead",
    ],
    "double-auth/proxy": (call: string, to: string, runs: Runs): Said => [
        `${besideAuth(call, "a Proxy-Authorization", runs)}: IAP before ${to} checks the header alone, and hands the token of auth to the application`,
        "remove the header; to call as the account of the header's token, remove auth instead",
    ],
    "double-auth/unread": (call: string, header: string, to: string): Said => [
        `${call} sends a credential in ${header} to ${to}, which does not read it`,
        "remove the header",
        "warning",
    ],
    "double-auth/case": (call: string, one: string, other: string, runs: Runs): Said => [
        `${call} ${runs === "all" ? "has" : "may have"} the headers ${one} and ${other}, which are one header: case does not tell headers apart`,
        "keep one of them",
    ],
    "double-auth/open": (call: string, to: string): Said => [
        `${call} has auth, and headers whose names are not known: an Authorization header among them would be a second credential for ${to}`,
        "write the names of the headers out",
        "info",
    ],
};
