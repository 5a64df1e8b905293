import type { CallSite } from "./call-site";
import { authEntry } from "./call-site";
import type { Reporter } from "./check-credential";
import { literalOf } from "./domain";

const auth = "https://www.googleapis.com/auth/";

/** APIs with scopes of their own: https://developers.google.com/identity/protocols/oauth2/scopes */
const narrower: Record<string, string | undefined> = {
    "bigquery.googleapis.com": "bigquery",
    "compute.googleapis.com": "compute",
    "storage.googleapis.com": "devstorage.read_write",
    "pubsub.googleapis.com": "pubsub",
    "firestore.googleapis.com": "datastore",
    "datastore.googleapis.com": "datastore",
    "logging.googleapis.com": "logging.write",
    "monitoring.googleapis.com": "monitoring",
    "sqladmin.googleapis.com": "sqlservice.admin",
    "dns.googleapis.com": "ndev.clouddns.readwrite",
    "spanner.googleapis.com": "spanner.data",
    "translation.googleapis.com": "cloud-translation",
    "vision.googleapis.com": "cloud-vision",
    "language.googleapis.com": "cloud-language",
    "sheets.googleapis.com": "spreadsheets",
    "gmail.googleapis.com": "gmail.send",
    "calendar-json.googleapis.com": "calendar",
};

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
        const scope = host === undefined ? undefined : narrower[host];
        if (scope !== undefined && scopes.includes(`${auth}cloud-platform`)) {
            const what = `call "${site.call.step.name.text}" asks for the scope cloud-platform; ${host ?? "the API"} has narrower ones`;
            reporter.report("broad-scope", span, what, `write scopes: ${auth}${scope}, where that is enough`);
        }
    }
}
