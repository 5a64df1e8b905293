import { needsNoCredential } from "./hosts";
import type { Receiver } from "./receiver";

export type AuthType = "OIDC" | "OAuth2";

/** What a kind of receiver is called, and the credential that it checks. */
const wanted: Record<Receiver["kind"], { name: string; type?: AuthType }> = {
    run: { name: "Cloud Run", type: "OIDC" },
    function: { name: "a function", type: "OIDC" },
    iap: { name: "a backend behind IAP", type: "OIDC" },
    "google-api": { name: "a Google API", type: "OAuth2" },
    external: { name: "an external host" },
    unknown: { name: "a host that cannot be told" },
};

/** The credential that this receiver checks; `undefined` where that is not Google's to say. */
export function credentialFor(receiver: Receiver): AuthType | undefined {
    return needsNoCredential(receiver.shown) ? undefined : wanted[receiver.kind].type;
}

export function tokenName(type: AuthType): string {
    return type === "OIDC" ? "an ID token" : "an access token";
}

/** The receiver in the user's words. */
export function shownReceiver(receiver: Receiver): string {
    if (receiver.target !== undefined) {
        return `target ${receiver.target.name}`;
    }
    const { name } = wanted[receiver.kind];
    return receiver.kind === "unknown"
        ? `${name} (${receiver.shown})`
        : `${receiver.scheme ?? "https"}://${receiver.host ?? "*"} (${name})`;
}
