import type { CallSite } from "./call-site";
import { authEntry } from "./call-site";
import { literalOf } from "./domain";
import type { Reporter } from "./reporter";
import { CLOUD_PLATFORM, narrowerScope } from "./scopes";

/** A scope that is written out and wider than the API needs. The default, which is as wide, is left to the author. */
export function checkScope(site: CallSite, reporter: Reporter): void {
    if (site.auth.kind !== "map" || site.auth.type !== "OAuth2") {
        return;
    }
    const scopes = site.auth.scopes
        .flatMap((value) => (value.kind === "list" ? [...value.each] : [value]))
        .flatMap((value) => literalOf(value)?.split(/[ ,]+/) ?? []);
    const span = (authEntry(site.auth, "scopes") ?? authEntry(site.auth, "scope"))?.value.span ?? site.auth.span;
    for (const { host } of site.receivers) {
        const scope = host === undefined ? undefined : narrowerScope(host);
        if (scope !== undefined && scopes.includes(CLOUD_PLATFORM)) {
            reporter.report(
                "broad-scope/cloud-platform",
                span,
                `call "${site.call.step.name.text}"`,
                host ?? "the API",
                scope,
            );
        }
    }
}
