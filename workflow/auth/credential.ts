import { audienceFor } from "./audience";
import type { CallSite } from "./call-site";
import { credentialFor } from "./check-credential";
import type { NewEntry } from "./edit";
import type { AuditOptions, DeclaredTarget } from "./types";

/** Why something cannot be written for its author, and what to do by hand. */
export interface Left {
    why: string;
    fix: string;
}

/** The `auth` that every receiver of the call takes, or why that is not certain. */
export function credentialOf(site: CallSite, options: AuditOptions): NewEntry[] | Left {
    const [first, ...others] = site.receivers;
    const type = first && credentialFor(first);
    const secret = first?.target?.secret;
    if (secret !== undefined) {
        return {
            why: "its headers, or the place to read the secret in, are not written out",
            fix: `read the secret in a step of its own, and send it in the header ${secret.header}`,
        };
    }
    if (site.receivers.some(({ kind }) => kind === "unknown")) {
        return {
            why: "its receiver cannot be told",
            fix: "begin its URL with a literal host, or a declared target's variable, followed by /",
        };
    }
    if (site.receivers.every(({ kind }) => kind === "external")) {
        return {
            why: "its receiver is neither Google's nor declared",
            fix: "declare it as a target, or write what it takes by hand",
        };
    }
    if (type === undefined || others.some((receiver) => credentialFor(receiver) !== type)) {
        return {
            why: "it can go to receivers that take different credentials",
            fix: "make a step for each receiver, with its own auth",
        };
    }
    if (site.receivers.some(({ scheme }) => scheme !== "https")) {
        return { why: "Workflows sends tokens to HTTPS endpoints only", fix: "write https: in its URL" };
    }
    if (site.receivers.some(({ chosen }) => chosen === true)) {
        return {
            why: "the caller or data chooses a part of its host",
            fix: "write the host out, or choose it from a list of your own",
        };
    }
    if (options.closed === true && site.receivers.some(({ target }) => target === undefined)) {
        return { why: "its receiver is not declared", fix: "add the receiver to targets" };
    }
    if (type === "OAuth2") {
        const scopes = sharedScopes(site.receivers.map(({ target }) => target));
        return [{ key: "type", value: type }, ...(scopes === undefined ? [] : [{ key: "scopes", value: scopes }])];
    }
    const audience = audienceFor(site);
    return audience === undefined
        ? {
              why: "no part of its URL is certainly the receiver's root",
              fix: "assign the root URL to a variable, begin the URL with it, and write that variable as the audience",
          }
        : [
              { key: "type", value: type },
              { key: "audience", value: audience },
          ];
}

function sharedScopes(targets: (DeclaredTarget | undefined)[]): string | string[] | undefined {
    const all = [...new Set(targets.flatMap((target) => target?.scopes ?? []))];
    const everyone = targets.every((target) => target?.scopes !== undefined && target.scopes.length > 0);
    return everyone ? (all.length === 1 ? all[0] : all) : undefined;
}

/** `OIDC, audience https://…`, for messages. */
export function describe(credential: NewEntry[]): string {
    const shown = credential.map(({ key, value }) => {
        const text = typeof value === "string" ? value : `${value.length} scopes`;
        return key === "type" ? text : `${key} ${text}`;
    });
    return shown.join(", ");
}

/** The value of an entry that is a text. */
export function textOf(entry: NewEntry): string {
    return typeof entry.value === "string" ? entry.value : "";
}
