import { type CallSite, argumentOrUnknown } from "../calls";
import { type Abstract, literalOf, partsOf, singleLiteral, type Values } from "../flow";
import type { Receiver } from "../receivers";
import { type Accepted, acceptedBy, ANYTHING, mayMatch, SEGMENT } from "./scope-table";

/** The texts of `scopes`: a text, a list of texts, or several with blanks or commas between them. */
export interface Scopes {
    texts: string[];
    /** Whether these are all, and no expression of unknown value is among them. */
    told: boolean;
    /** Whether a part of it is empty, or is not a text. */
    empty: boolean;
}

export function scopesIn(values: Values): Scopes {
    const each = values.flatMap((value) => (value.kind === "list" ? [...value.each] : [value]));
    const literals = each.map(literalOf);
    return {
        texts: literals.flatMap((text) => text?.split(/[\s,]+/).filter((word) => word !== "") ?? []),
        told: values.length > 0 && each.every((value, i) => literals[i] !== undefined || isNoText(value)),
        empty:
            each.some((value, i) => isNoText(value) || literals[i]?.trim() === "") ||
            values.some((value) => value.kind === "list" && value.each.length === 0),
    };
}

function isNoText({ kind }: Abstract): boolean {
    return kind === "scalar" || kind === "map" || kind === "list";
}

/** The scopes that each receiver of a call accepts, for those that `cloud-platform` does not open. */
export function acceptedByCall(site: CallSite): Accepted[] {
    const verb = verbOf(site);
    return site.receivers.flatMap((receiver, index) => {
        const value = site.url[index];
        const { api } = receiver;
        return api === undefined || value === undefined || site.url.length !== site.receivers.length
            ? []
            : (acceptedBy(api, verb, requestPath(value, receiver)) ?? []);
    });
}

/**
 * The narrowest scopes with which a call can be made: `undefined` if `cloud-platform` is enough, none if the
 * method is not known.
 */
export function narrowestScopes(site: CallSite): string[] | undefined {
    const accepted = acceptedByCall(site);
    const methods = accepted.flatMap(({ likely }) => likely);
    if (accepted.length === 0) {
        return undefined;
    }
    if (accepted.length < site.receivers.length || accepted.some(({ likely }) => likely.length === 0)) {
        return [];
    }
    const [first = [], ...others] = methods;
    const shared = first.find((scope) => others.every((other) => other.includes(scope)));
    return shared === undefined ? [...new Set(methods.flatMap(([narrowest = ""]) => narrowest))] : [shared];
}

/** Whether one of these scopes opens one of the methods that the call may reach. */
export function opens(asked: readonly string[], methods: readonly (readonly string[])[]): boolean {
    return methods.some((method) => method.some((scope) => asked.includes(scope)));
}

/** Whether a call can reach this method of an API. `path` is a template, in which `*` is a segment. */
export function mayReach(site: CallSite, method: { api: string; verb: string; path: string }): boolean {
    const isOne = site.url.length === site.receivers.length;
    return (
        [undefined, method.verb].includes(verbOf(site)) &&
        site.receivers.some((receiver, index) => {
            const value = isOne ? site.url[index] : undefined;
            return (
                receiver.kind === "google-api" &&
                [undefined, method.api].includes(receiver.api) &&
                mayMatch(method.path, value === undefined ? ANYTHING : requestPath(value, receiver))
            );
        })
    );
}

function verbOf(site: CallSite): string | undefined {
    const verb = /^http\.(get|post|put|patch|delete)$/.exec(site.call.action.callee.text)?.[1];
    return (verb ?? singleLiteral(argumentOrUnknown(site.call, site.entries, "method")))?.toUpperCase();
}

/** The path of a URL as {@link acceptedBy} takes it. */
function requestPath(value: Abstract, { target }: Receiver): string {
    const root = target?.url !== undefined && URL.canParse(target.url) ? new URL(target.url).pathname : "/";
    const text = partsOf(value)
        .map((part) => {
            switch (part.kind) {
                case "text":
                    return part.text;
                case "target":
                    return `https://-${root.replace(/\/$/, "")}`;
                case "word":
                case "encoded":
                    return SEGMENT;
                default:
                    return ANYTHING;
            }
        })
        .join("");
    return /^https?:\/\/[^/?#]*\/+([^?#]*)/i.exec(text)?.[1] ?? "";
}
