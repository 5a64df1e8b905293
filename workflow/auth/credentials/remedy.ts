import { rootAsWritten } from "./audience";
import type { CallSite } from "../calls";
import { certainAudience, credentialOf, inFlow } from "./credential";
import type { AuditOptions } from "../types";

/** `add auth: {type: OIDC, audience: …}`, as the injector writes it, or what to do first if that is not certain. */
export function authRemedy(site: CallSite, options: AuditOptions, verb: "add" | "write"): string {
    const credential = credentialOf(site, options);
    if (!("why" in credential)) {
        return `${verb} auth: ${inFlow(credential)}`;
    }
    return credential.cause === "external" ? "remove auth: this receiver takes no token of Google's" : credential.fix;
}

/** `write audience: …`, or how to come to one. */
export function audienceRemedy(site: CallSite): string {
    const audience = certainAudience(site);
    if (typeof audience === "string") {
        return `write audience: ${audience}`;
    }
    const root = audience.cause === "root" ? rootAsWritten(site) : undefined;
    return root === undefined ? audience.fix : `write audience: ${root}`;
}
