import { authEntry, type CallSite, shownCall } from "../calls";
import type { AuthType } from "../receivers";
import { authRemedy } from "../credentials";
import type { Reporter } from "./reporter";

/** The credential that `auth` asks for, or `undefined` if `auth` is wrong or not known, which is reported. */
export function checkAuth(site: CallSite, { report, options }: Reporter): AuthType | "none" | undefined {
    const { auth } = site;
    const call = shownCall(site.call);
    // What cannot be resolved may be a token, for a receiver that must be declared to get one.
    const mayLeak = options.closed === true && site.receivers.some(({ target }) => target === undefined);
    switch (auth.kind) {
        case "none":
            return "none";
        case "null":
            report("invalid-auth/null", auth.span, call, authRemedy(site, options, "write"));
            return undefined;
        case "malformed":
            report("invalid-auth/no-map", auth.span, call, authRemedy(site, options, "write"));
            return undefined;
        case "unresolved":
            report("invalid-auth/unresolved", auth.span, call, authRemedy(site, options, "write"), mayLeak);
            return undefined;
        case "map":
            break;
    }
    if (auth.type === "OIDC" || auth.type === "OAuth2") {
        if (auth.fields.has("scope") && auth.fields.has("scopes")) {
            report("invalid-auth/scope", authEntry(auth, "scope")?.key ?? auth.span, call);
        }
        return auth.type;
    }
    const at = authEntry(auth, "type")?.value.span ?? auth.span;
    const fix = authRemedy(site, options, "write");
    if (!auth.typeKnown) {
        report("invalid-auth/type-unresolved", at, call, fix, mayLeak);
    } else if (auth.type === undefined) {
        report("invalid-auth/no-type", at, call, fix);
    } else {
        report("invalid-auth/type", at, call, auth.type, fix);
    }
    return undefined;
}
