import type { Entry, Span, Value } from "../syntax/ast";
import type { Abstract, Values } from "./domain";
import { literalOf, none, partsOf } from "./domain";
import type { ResolvedCall } from "./resolve";
import { argument } from "./resolve";
import type { Receiver } from "./receiver";
import { receiversOf } from "./receiver";
import type { DeclaredTarget } from "./types";

/** An HTTP call as the checks and the injector see it. */
export interface CallSite {
    call: ResolvedCall;
    receivers: Receiver[];
    url: Values;
    /** The entries of `args` in the source; empty where `args` is not written as a map. */
    entries: Entry[];
    auth: AuthUse;
    /** The credential that the author sends by hand: an `Authorization` header, or an API key or another header. */
    header: "absent" | "authorization" | "key" | "unknown";
    /** Whether a header of that name is sent; `undefined` where that cannot be told. */
    sends(name: string): boolean | undefined;
    /** The place to point at for the URL. */
    urlSpan: Span;
}

/** What `auth` holds. */
export type AuthUse =
    | { kind: "none" }
    | { kind: "null"; span: Span }
    /** An expression whose fields cannot be told. */
    | { kind: "unresolved"; span: Span }
    /** No map, whatever it is. */
    | { kind: "malformed"; span: Span }
    | {
          kind: "map";
          span: Span;
          /** Where `auth` is written as a map, its entries. */
          entries: Entry[];
          /** The literal type; absent where there is none or it cannot be told. */
          type?: string;
          typeKnown: boolean;
          audience: Values;
          scopes: Values;
          fields: Set<string>;
      };

export function callSite(call: ResolvedCall, targets: readonly DeclaredTarget[]): CallSite {
    const url = argument(call.args, "url", 0);
    const written = call.action.args;
    const entries = written?.kind === "map" ? written.entries : [];
    const urlEntry = entries.find((e) => e.key === "url");
    return {
        call,
        url,
        receivers: receiversOf(url, targets),
        entries,
        urlSpan: urlEntry?.value.span ?? written?.span ?? call.action.callee.span,
        auth: authUse(call, entries),
        header: header(call, url),
        sends: (name) => {
            const headers = argument(call.args, "headers", Number.NaN);
            return anyKey(headers, (key) => key.toLowerCase() === name.toLowerCase())
                ? true
                : headers.some(isOpen)
                  ? undefined
                  : false;
        },
    };
}

function authUse(call: ResolvedCall, entries: Entry[]): AuthUse {
    const values = argument(call.args, "auth", Number.NaN);
    const entry = entries.find((e) => e.key === "auth");
    const span = entry?.value.span ?? call.action.args?.span ?? call.action.callee.span;
    const [only, ...more] = values;
    if (only === undefined) {
        // An expression without a value yet, such as a variable that nothing assigns.
        return entry === undefined ? { kind: "none" } : { kind: "unresolved", span };
    }
    if (only.kind === "scalar" && only.value === null && more.length === 0) {
        return { kind: "null", span: entry?.keySpan ?? span };
    }
    if (values.every(({ kind }) => kind !== "map" && kind !== "unknown")) {
        return { kind: "malformed", span };
    }
    if (only.kind !== "map" || more.length > 0) {
        return only.kind === "unknown" && entry === undefined ? { kind: "none" } : { kind: "unresolved", span };
    }
    const types = only.fields.get("type") ?? only.rest;
    const type = types.length === 1 && types[0] !== undefined ? literalOf(types[0]) : undefined;
    return {
        kind: "map",
        span,
        entries: entry?.value.kind === "map" ? entry.value.entries : [],
        ...(type !== undefined && { type }),
        typeKnown:
            types.length < 2 && types.every((value) => literalOf(value) !== undefined || value.kind === "scalar"),
        audience: only.fields.get("audience") ?? none,
        scopes: [...(only.fields.get("scopes") ?? none), ...(only.fields.get("scope") ?? none)],
        fields: new Set(only.fields.keys()),
    };
}

/** The entry of `auth` of that name, as written. */
export function authEntry(auth: AuthUse, name: string): { key: Span; value: Value } | undefined {
    const entry = auth.kind === "map" ? auth.entries.find((e) => e.key === name) : undefined;
    return entry && { key: entry.keySpan, value: entry.value };
}

const keyHeaders = /^(x-serverless-authorization|proxy-authorization|x-goog-api-key)$/i;
const keyParameters = /^(key|access_token|id_token)$/;

function header(call: ResolvedCall, url: Values): CallSite["header"] {
    const headers = argument(call.args, "headers", Number.NaN);
    const query = argument(call.args, "query", Number.NaN);
    if (anyKey(headers, (key) => /^authorization$/i.test(key))) {
        return "authorization";
    }
    const inUrl = url.some((value) =>
        partsOf(value).some((p) => p.kind === "text" && /[?&](key|access_token|id_token)=/.test(p.text)),
    );
    if (inUrl || anyKey(headers, (key) => keyHeaders.test(key)) || anyKey(query, (key) => keyParameters.test(key))) {
        return "key";
    }
    return headers.some(isOpen) ? "unknown" : "absent";
}

function anyKey(values: Values, matches: (key: string) => boolean): boolean {
    return values.some((value) => value.kind === "map" && [...value.fields.keys()].some(matches));
}

function isOpen(value: Abstract): boolean {
    return value.kind === "unknown" || (value.kind === "map" && value.rest.length > 0);
}
