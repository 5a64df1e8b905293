import { defined } from "../../../common";
import { LIBRARY } from "../../run";
import type { Entry, Span, Value } from "../../syntax";
import {
    absent,
    type Given,
    givenFor,
    literalOf,
    none,
    partsOf,
    type ResolvedCall,
    unknown,
    type Values,
} from "../flow";
import { type Receiver, receiversOf, receiversThrough } from "../receivers";
import type { AuditOptions } from "../types";

/** In which runs a call sends something: in all, in some (only certain ways to the call set it), or in none. */
export type Runs = "all" | "some" | "none";

/** An HTTP call as the checks and the injector see it. */
export interface CallSite {
    call: ResolvedCall;
    receivers: Receiver[];
    url: Values;
    /** The entries of `args` in the source; empty if `args` is not written as a map. */
    entries: Entry[];
    auth: AuthUse;
    /** The headers that the call can send, by their names as written; `open` if there can be others. */
    headers: { sent: ReadonlyMap<string, "all" | "some">; open: boolean };
    /** The runs in which the URL or `query` holds an API key or a token. */
    keyParameter: Runs;
    /** The place to point at for the URL. */
    urlSpan: Span;
    /** Where another service sends the request: how the credential is written in the body that it is given. */
    tokenFields?: TokenFields;
}

/** The fields of a body that hold a credential: by its type, the one that is given, and that of the account in it. */
export interface TokenFields {
    given: string;
    OIDC: string;
    /** Absent if the service sends no access tokens. */
    OAuth2?: string;
    account: string;
}

/** What `auth` holds. */
export type AuthUse =
    | { kind: "none" }
    | { kind: "null"; span: Span }
    /** An expression whose fields are not known. */
    | { kind: "unresolved"; span: Span }
    /** A value that is not a map. */
    | { kind: "malformed"; span: Span }
    | {
          kind: "map";
          span: Span;
          /** Whether some runs reach the call without `auth`. */
          mayLack: boolean;
          /** Where `auth` is written as a map, its entries. */
          entries: Entry[];
          /** The literal type; absent if there is none or it is not known. */
          type?: string;
          typeKnown: boolean;
          audience: Values;
          scopes: Values;
          fields: Set<string>;
      };

export function callSite(call: ResolvedCall, options: AuditOptions): CallSite {
    const url = argumentOf(call, "url").values;
    const { args } = call.action;
    const entries = args?.kind === "map" ? args.entries : [];
    const urlEntry = entries.find((e) => e.key === "url");
    return {
        call,
        url,
        receivers: receiversThrough(
            receiversOf(url, options),
            argumentOrUnknown(call, entries, "private_service_name"),
        ).map((receiver) => ({ ...receiver, ...howOf(call, urlEntry?.value ?? args, receiver) })),
        entries,
        urlSpan: urlEntry?.value.span ?? args?.span ?? call.action.callee.span,
        auth: authUse(call, entries),
        headers: headersOf(call),
        keyParameter: runsWithKey(call, url),
    };
}

/** What a function is given for a parameter, by its name or, if the arguments are a list, by its place. */
export function argumentOf({ action, args }: ResolvedCall, name: string): Given {
    const params = LIBRARY.get(action.callee.text)?.params ?? [];
    const place = params.findIndex((param) => param.replace("?", "") === name);
    return givenFor(args, name, place < 0 ? Number.NaN : place);
}

/** The explanation of where the receiver of a call comes from, if its host is not known. */
function howOf(call: ResolvedCall, url: Value | undefined, { kind, from }: Receiver): Pick<Receiver, "how"> {
    return kind === "unknown" && from !== undefined && url !== undefined ? { how: () => call.explain(url, from) } : {};
}

/** What an argument can be: empty if it is not given, unknown if it is and was not followed. */
export function argumentOrUnknown(call: ResolvedCall, entries: Entry[], name: string): Values {
    const { values } = argumentOf(call, name);
    const given = entries.some(({ key }) => key === name);
    return values.length === 0 && given ? unknown("unknown", `an expression as ${name}`) : values;
}

function authUse(call: ResolvedCall, entries: Entry[]): AuthUse {
    const { values, mayLack } = argumentOf(call, "auth");
    const entry = entries.find((e) => e.key === "auth");
    const span = entry?.value.span ?? call.action.args?.span ?? call.action.callee.span;
    const [only, ...more] = values;
    if (only === undefined) {
        // An expression without a value yet, such as a variable that nothing assigns.
        return entry === undefined ? { kind: "none" } : { kind: "unresolved", span };
    }
    if (only.kind === "scalar" && only.value === null && more.length === 0) {
        // In a list of arguments null stands for one that is not given.
        const isInList = call.args.every(({ kind }) => kind === "list");
        return isInList ? { kind: "none" } : { kind: "null", span: entry?.keySpan ?? span };
    }
    if (values.every(({ kind }) => kind !== "map" && kind !== "unknown")) {
        // A key that is computed may be `auth`, and most often is another.
        const mayBeOther = entry === undefined && mayLack && hasComputedKey(call.action.args);
        return mayBeOther ? { kind: "none" } : { kind: "malformed", span };
    }
    if (only.kind !== "map" || more.length > 0) {
        const isGiven = entry !== undefined || values.some(({ kind }) => kind === "map");
        return isGiven ? { kind: "unresolved", span } : { kind: "none" };
    }
    const types = only.fields.get("type") ?? only.rest;
    const type = types.length === 1 && types[0] !== undefined ? literalOf(types[0]) : undefined;
    return {
        kind: "map",
        span,
        mayLack,
        entries: entry?.value.kind === "map" ? entry.value.entries : [],
        ...defined({ type }),
        typeKnown:
            types.length < 2 && types.every((value) => literalOf(value) !== undefined || value.kind === "scalar"),
        audience: only.fields.get("audience") ?? none,
        scopes: [...(only.fields.get("scopes") ?? none), ...(only.fields.get("scope") ?? none)],
        fields: new Set(only.fields.keys()),
    };
}

const hasComputedKey = (args: Value | undefined): boolean =>
    args?.kind === "map" && args.entries.some(({ computedKey }) => computedKey !== undefined);

/** A call in the words of messages: `call "reserve"`. */
export function shownCall({ step }: Pick<ResolvedCall, "step">): string {
    return `call "${step.name.text}"`;
}

/** The entry of `auth` of that name, as written. */
export function authEntry(auth: AuthUse, name: string): { key: Span; value: Value } | undefined {
    const entry = auth.kind === "map" ? auth.entries.find((e) => e.key === name) : undefined;
    return entry && { key: entry.keySpan, value: entry.value };
}

function headersOf(call: ResolvedCall): CallSite["headers"] {
    const { values } = argumentOf(call, "headers");
    const names = new Set(values.flatMap((value) => (value.kind === "map" ? [...value.fields.keys()] : [])));
    return {
        sent: new Map(Array.from(names, (name) => [name, runsWithField(call, "headers", name)])),
        open: values.some((value) => value.kind === "unknown" || (value.kind === "map" && value.rest.length > 0)),
    };
}

/** The runs in which an argument that is a map has a field, of which it is known that some have it. */
function runsWithField(call: ResolvedCall, argumentName: string, field: string): "all" | "some" {
    const { values, mayLack } = argumentOf(call, argumentName);
    const isAlways = values.every(
        (value) => value.kind === "map" && value.fields.get(field)?.includes(absent) === false,
    );
    return isAlways && !mayLack ? "all" : "some";
}

/** API keys, tokens, and the signatures of signed URLs: https://docs.cloud.google.com/storage/docs/authentication/signatures */
const keyParameters = /^(key|access_token|id_token|x-goog-signature|signature)$/i;

function runsWithKey(call: ResolvedCall, url: Values): Runs {
    const query = argumentOf(call, "query").values;
    const fields = query.flatMap((value) => (value.kind === "map" ? [...value.fields.keys()] : []));
    const inQuery = fields.filter((key) => keyParameters.test(key)).map((key) => runsWithField(call, "query", key));
    const inUrl = url.map((value) =>
        partsOf(value).some(
            (p) => p.kind === "text" && /[?&](key|access_token|id_token|x-goog-signature|signature)=/i.test(p.text),
        ),
    );
    const isAlways = inQuery.includes("all") || (inUrl.length > 0 && inUrl.every(Boolean));
    return isAlways ? "all" : inQuery.length > 0 || inUrl.includes(true) ? "some" : "none";
}
