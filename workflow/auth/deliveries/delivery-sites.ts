import type { Entry, Value } from "../../syntax";
import { argumentOf, type AuthUse, type CallSite, callSite, type TokenFields } from "../calls";
import { type Abstract, concat, literalOf, none, type ResolvedCall, text, unknown, type Values } from "../flow";
import { type AuthType, credentialFor } from "../receivers";
import type { AuditOptions } from "../types";
import { at, fieldOf, parsedBody, type Place } from "./body";
import { type DeliveryMethod, deliveryMethods } from "./methods";

/**
 * The requests with a token that a call has another service send: a task, a job, a push. Each is seen as the `http.request`
 * that sends the same, so that one set of checks is for all.
 *
 * @param site The call itself if it is an HTTP request; absent if it is a connector.
 */
export function deliverySites(call: ResolvedCall, site: CallSite | undefined, options: AuditOptions): CallSite[] {
    const methods = deliveryMethods(call, site);
    const { args } = call.action;
    if (methods.length === 0 || args === undefined) {
        return [];
    }
    const written = args.kind === "map" ? args.entries.find(({ key }) => key === "body")?.value : undefined;
    const body: Place = {
        values: parsedBody(argumentOf(call, "body").values),
        near: written ?? args,
        ...(written && { written }),
    };
    return methods.flatMap((method) =>
        at(body, method.request).flatMap((request) =>
            request.values
                .filter(({ kind }) => kind === "map" || kind === "unknown")
                .flatMap((value) => sitesOf(call, method, { ...request, values: [value] }, options)),
        ),
    );
}

function sitesOf(call: ResolvedCall, method: DeliveryMethod, request: Place, options: AuditOptions): CallSite[] {
    const site = callSite(asRequest(call, method, request), options);
    const types = (["OIDC", "OAuth2"] as const).filter((type) => method.tokens[type] !== undefined);
    const given = types.flatMap((type) => {
        const path = [method.tokensIn, method.tokens[type]].filter((name) => name !== undefined).join(".");
        return at(request, path).flatMap(({ values, near, written }) =>
            values
                .filter(({ kind }) => kind === "map" || kind === "unknown")
                .map((value) => ({ type, value, near, written })),
        );
    });
    if (given.length === 0) {
        const [url] = at(request, method.url);
        const kept = site.receivers.filter(({ kind }) => kind === "unknown");
        const [token] = unknown("unknown", "the token that is there");
        return method.keeps === true && url !== undefined && url.values.length > 0 && token !== undefined
            ? types.map((type) => ({ ...withToken(site, method, type, token, request.near), receivers: kept }))
            : [];
    }
    return given.flatMap(({ type, value, near, written }) => {
        const own = withToken(site, method, type, value, near, written);
        if (value.kind === "map") {
            return [own];
        }
        // A token of which nothing is known counts as the type that the receiver takes, or is reported as unknown.
        const fits = site.receivers.filter((receiver) => [undefined, type].includes(credentialFor(receiver)));
        const auth: AuthUse = { kind: "unresolved", span: near.span };
        const isTold = site.receivers.some((receiver) => credentialFor(receiver) !== undefined);
        return [{ ...own, receivers: fits }, ...(isTold ? [{ ...own, auth }] : [])];
    });
}

function withToken(
    site: CallSite,
    { tokens }: DeliveryMethod,
    type: AuthType,
    token: Abstract,
    near: Value,
    written?: Value,
): CallSite {
    const tokenFields: TokenFields = { ...tokens, given: tokens[type] ?? type };
    const known = token.kind === "map" ? [...token.fields.keys()] : [type === "OIDC" ? "audience" : "scope"];
    const auth: AuthUse = {
        kind: "map",
        span: near.span,
        mayLack: false,
        entries: written?.kind === "map" ? written.entries : [],
        type,
        typeKnown: true,
        audience: token.kind === "map" ? (token.fields.get("audience") ?? token.rest) : fieldOf(token, "audience"),
        scopes: fieldOf(token, "scope"),
        fields: new Set(known),
    };
    return { ...site, auth, tokenFields };
}

/** The `http.request` that sends what a service is to send. */
function asRequest(call: ResolvedCall, method: DeliveryMethod, request: Place): ResolvedCall {
    const { action } = call;
    const [url] = at(request, method.url);
    const verb = request.values.flatMap((value) => fieldOf(value, "httpMethod"));
    const entry = (key: string, value: Value): Entry => ({ key, keySpan: value.span, value });
    const isWhole = url?.written !== undefined && method.isHost === undefined;
    const near = url?.near ?? request.near;
    const fields = new Map([
        ["url", method.isHost === true ? urlOfQueue(request, url?.values ?? none) : (url?.values ?? none)],
        ["method", verb.length === 0 ? text("POST") : verb],
    ]);
    return {
        ...call,
        action: {
            ...action,
            callee: { ...action.callee, text: "http.request" },
            args: { kind: "map", span: near.span, entries: [entry(isWhole ? "url" : "body", near)] },
        },
        args: [{ kind: "map", fields, rest: none }],
    };
}

/** A queue sends to its own host in place of a task's, unless it says otherwise. */
function urlOfQueue(request: Place, host: Values): Values {
    const mode = at(request, "uriOverride.uriOverrideEnforceMode").flatMap(({ values }) => values);
    const isAlways = mode.every((value) => literalOf(value) === "ALWAYS");
    return host.length > 0 && isAlways
        ? concat(concat(text("https://"), host), text("/"))
        : unknown("unknown", "the URL of each task in the queue");
}
