import type { Minted } from "./cache";

/** Someone who can prove who they are: one way to get tokens. */
export interface Identity {
    /** In words: `the service account key of x@p.iam.gserviceaccount.com`. */
    readonly description: string;
    /** The account, where it is known without asking. */
    readonly email?: string;
    accessToken(scopes: readonly string[]): Promise<Minted>;
    /** Throws a {@link CredentialError} `not-possible` where this identity has no ID token of its own. */
    idToken(audience: string): Promise<Minted>;
}

/** What Google calls the broad default; narrowed by the roles of the principal. */
export const cloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

/** IAM's word for an account. */
export function memberOf(email: string): string {
    return `${email.endsWith("gserviceaccount.com") ? "serviceAccount" : "user"}:${email}`;
}
