import { type Left, leftFor } from "../advice";
import { audienceFor } from "./audience";
import { acceptedByCall, narrowestScopes, opens } from "../scopes";
import type { CallSite } from "../calls";
import type { NewEntry } from "../edit";
import { credentialFor, hasAudience, kinds, type Receiver } from "../receivers";
import type { AuditOptions } from "../types";

/** The `auth` that every receiver of the call takes, or why that is not certain. */
export function credentialOf(site: CallSite, options: AuditOptions): NewEntry[] | Left {
    const [first, ...others] = site.receivers;
    const type = first && credentialFor(first);
    const secret = first?.target?.secret;
    if (secret !== undefined) {
        return leftFor("secret", secret.header);
    }
    const unknown = site.receivers.find(({ kind }) => kind === "unknown");
    if (unknown !== undefined) {
        return leftFor("host", unknown);
    }
    if (site.receivers.every((receiver) => credentialFor(receiver) === undefined)) {
        if (site.receivers.some(({ kind }) => kinds[kind].optional === true)) {
            return leftFor("open");
        }
        return site.receivers.every(({ kind }) => kind === "google-api")
            ? leftFor("no-token")
            : leftFor("external", first?.audience ?? "its root URL");
    }
    if (type === undefined || others.some((receiver) => credentialFor(receiver) !== type)) {
        return leftFor("different");
    }
    if (site.receivers.some(({ scheme }) => scheme !== "https")) {
        const secure = site.receivers.map((receiver): Receiver => ({ ...receiver, scheme: "https" }));
        const then = credentialOf({ ...site, receivers: secure }, options);
        return leftFor("http", "why" in then ? then.fix : `write auth: ${inFlow(then)}`);
    }
    if (site.receivers.some(({ chosen }) => chosen === true)) {
        return leftFor("chosen", type);
    }
    if (options.closed === true && site.receivers.some(({ target }) => target === undefined)) {
        return leftFor("undeclared");
    }
    if (type === "OAuth2") {
        const scopes = scopesFor(site);
        return scopes === undefined || Array.isArray(scopes)
            ? [{ key: "type", value: type }, ...(scopes === undefined ? [] : [scopesEntry(scopes)])]
            : scopes;
    }
    const audience = certainAudience(site);
    return typeof audience === "string"
        ? [
              { key: "type", value: type },
              { key: "audience", value: audience },
          ]
        : audience;
}

/** The audience of the ID token that every receiver of the call takes, or why that is not certain. */
export function certainAudience(site: CallSite): string | Left {
    const unset = site.receivers.find(
        (receiver) => kinds[receiver.kind].namedBy !== undefined && !hasAudience(receiver),
    );
    if (unset === undefined) {
        return audienceFor(site) ?? leftFor("root");
    }
    const { namedBy = "" } = kinds[unset.kind];
    return unset.target === undefined
        ? leftFor("audience", unset.host ?? "its host", namedBy)
        : leftFor("target-audience", unset.target.name, namedBy);
}

/** The scopes that are declared for every receiver, or else the narrowest that the call needs; `undefined` for the default. */
function scopesFor(site: CallSite): string[] | Left | undefined {
    const declared = site.receivers.map(({ target }) => target?.scopes ?? []);
    const needed = narrowestScopes(site);
    if (declared.every((scopes) => scopes.length > 0)) {
        const all = [...new Set(declared.flat())];
        const shut = acceptedByCall(site).some(({ possible }) => !opens(all, possible));
        return shut ? leftFor("target-scopes", site.receivers[0]?.target?.name ?? "", needed?.join(" ") ?? "") : all;
    }
    return needed?.length === 0 ? leftFor("method", site.receivers[0]?.host ?? "its host") : needed;
}

function scopesEntry(scopes: string[]): NewEntry {
    const [only = ""] = scopes;
    return { key: "scopes", value: scopes.length === 1 ? only : scopes };
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
export function entryText(entry: NewEntry): string {
    return typeof entry.value === "string" ? entry.value : "";
}

/** `{type: OIDC, audience: https://…}`, for messages: as it can be pasted into YAML. */
export function inFlow(credential: NewEntry[]): string {
    const scalar = (text: string): string => (/[{},[\]]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text);
    const shown = ({ key, value }: NewEntry): string =>
        `${key}: ${typeof value === "string" ? scalar(value) : `[${value.map((each) => (typeof each === "string" ? each : entryText(each))).join(", ")}]`}`;
    return `{${credential.map(shown).join(", ")}}`;
}
