import type { Span } from "../../syntax";
import {
    type Accepted,
    acceptedByCall,
    CLOUD_PLATFORM,
    isScope,
    narrowerScope,
    narrowestScopes,
    nearestScope,
    opens,
    type Scopes,
    scopesIn,
} from "../scopes";
import { authEntry, type CallSite, shownCall } from "../calls";
import { authRemedy } from "../credentials";
import type { Reporter } from "./reporter";

/** Checks the scopes of an access token: they exist, one of them opens what is called, and none opens far more. */
export function checkScope(site: CallSite, reporter: Reporter): void {
    const { auth } = site;
    if (auth.kind !== "map" || auth.type !== "OAuth2") {
        return;
    }
    const call = shownCall(site.call);
    const given = auth.fields.has("scopes") || auth.fields.has("scope");
    const scopes = scopesIn(auth.scopes);
    const span = (authEntry(auth, "scopes") ?? authEntry(auth, "scope"))?.value.span ?? auth.span;
    const accepted = acceptedByCall(site);
    checkTexts(scopes, accepted, call, span, reporter.report);
    if (scopes.texts.every(isScope) && (scopes.told || !given)) {
        const asked = given ? scopes.texts : [CLOUD_PLATFORM];
        if (accepted.some(({ possible }) => !opens(asked, possible))) {
            const cause = narrowestScopes(site)?.length === 0 ? "method" : given ? "given" : "default";
            const fix = authRemedy(site, reporter.options, "write");
            if (cause === "method") {
                reporter.report("missing-scope/method", span, call, shownHosts(site), fix, given);
            } else {
                reporter.report(`missing-scope/${cause}`, span, call, shownHosts(site), fix);
            }
            return;
        }
    }
    for (const { api, host } of site.receivers) {
        const scope = api === undefined ? undefined : narrowerScope(api);
        if (scope !== undefined && scopes.texts.includes(CLOUD_PLATFORM)) {
            reporter.report("broad-scope/cloud-platform", span, call, host ?? "the API", scope);
        }
    }
}

/** Checks that every text is a scope. */
export function checkTexts(
    { texts, empty }: Scopes,
    accepted: readonly Accepted[],
    call: string,
    span: Span,
    report: Reporter["report"],
): void {
    const preferred = accepted.flatMap(({ likely }) => likely.flat());
    const wrong = texts.find((text) => !isScope(text));
    if (wrong !== undefined) {
        const { scope, close } = nearestScope(wrong, preferred);
        // The table may be older than the API: a text that is unlike every known scope may be a new scope.
        const unlisted = !close && /^https:\/\/www\.googleapis\.com\/auth\/[a-z0-9._-]*[a-z0-9]$/.test(wrong);
        report(unlisted ? "unknown-scope/unlisted" : "unknown-scope/text", span, call, wrong, scope);
    } else if (empty) {
        report("unknown-scope/empty", span, call);
    }
}

function shownHosts({ receivers }: CallSite): string {
    return receivers.map(({ host = "*" }) => host).join(", ");
}
