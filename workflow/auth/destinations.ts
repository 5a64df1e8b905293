import type { Parsed, Span } from "../syntax";
import { alwaysSendsCredential, type CallSite } from "./calls";
import { survey } from "./checks";
import { partsOf } from "./flow";
import { credentialFor, kinds, shownPart, shownReceiver, tokenName } from "./receivers";
import type { AuditOptions } from "./types";

/** Where an HTTP call goes, in words. */
export interface Destination {
    /** The call in the source. */
    span: Span;
    /** Everyone that it can reach: the URL with `*` for what is not known, who that is, and the credential that is checked there. */
    receivers: { url: string; name: string; checks: string }[];
    /** The credential that the call sends. */
    sends: string;
}

/** Where each HTTP call of a definition goes, and which credential it needs and sends. */
export function destinationsOf(parsed: Parsed, options: AuditOptions): Destination[] {
    return survey(parsed, options).sites.map((site) => ({
        span: site.call.action.span,
        receivers: site.receivers.map((receiver) => {
            const type = credentialFor(receiver);
            return {
                url: receiver.shown,
                name: shownReceiver(receiver),
                checks:
                    type === undefined
                        ? kinds[receiver.kind].credential === undefined
                            ? "what it checks is not known to Google Cloud"
                            : "needs no credential"
                        : `needs ${tokenName(type)}${type === "OIDC" && receiver.audience !== undefined ? ` for ${receiver.audience}` : ""}`,
            };
        }),
        sends: sent(site),
    }));
}

function sent(site: CallSite): string {
    const { auth } = site;
    switch (auth.kind) {
        case "none":
        case "null":
            return site.receivers.some((receiver) => alwaysSendsCredential(site, receiver))
                ? "a credential in its headers or its URL"
                : "no credential";
        case "unresolved":
        case "malformed":
            return "what `auth` holds, which is not known";
        case "map": {
            const { type } = auth;
            if (type !== "OIDC" && type !== "OAuth2") {
                return "what `auth` holds, whose type is not known";
            }
            const audiences = type === "OIDC" ? auth.audience.map((each) => partsOf(each).map(shownPart).join("")) : [];
            const sometimes = auth.mayLack ? ", but not in every execution" : "";
            return `${tokenName(type)}${audiences.length === 0 ? "" : ` for ${audiences.join(" or ")}`}${sometimes}`;
        }
    }
}
