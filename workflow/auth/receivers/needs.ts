import { needsNoCredential } from "./hosts";
import { kinds } from "./kinds";
import type { Receiver } from "./receiver";

export type AuthType = "OIDC" | "OAuth2";

/** The credential that this receiver checks, or `undefined` if it checks none, or if Google does not decide that. */
export function credentialFor(receiver: Receiver): AuthType | undefined {
    const { credential, optional = false } = kinds[receiver.kind];
    const open = optional && !hasAudience(receiver);
    return open || needsNoCredential(receiver.api ?? "", receiver.shown) ? undefined : credential;
}

/** Whether a target is declared with an audience of its own. */
export function hasAudience({ target }: Receiver): boolean {
    return target?.audience !== undefined || target?.audienceVariable !== undefined;
}

export function tokenName(type: AuthType): string {
    return type === "OIDC" ? "an ID token" : "an access token";
}

/** The receiver in the user's words. */
export function shownReceiver(receiver: Receiver): string {
    if (receiver.target !== undefined) {
        return `target ${receiver.target.name}`;
    }
    const { name } = kinds[receiver.kind];
    const port = /^https?:\/\/[^/?#]*(:\d+)(?=[/?#]|$)/i.exec(receiver.shown)?.[1] ?? "";
    switch (receiver.kind) {
        case "unknown":
            return `${name} (${receiver.shown})`;
        case "private":
            return `${name} (${receiver.host ?? "*"})`;
        default:
            return `${receiver.scheme ?? "https"}://${receiver.host ?? "*"}${port} (${name})`;
    }
}
