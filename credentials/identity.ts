import type { Minted } from "./cache";

/** An identity for which tokens can be obtained. */
export interface Identity {
    /** Its description in messages: `the service account key of x@p.iam.gserviceaccount.com`. */
    readonly description: string;
    /** The email address of the account, if it is known without a request. */
    readonly email?: string;
    /** What the hosts of the APIs end with that take its tokens. @default "googleapis.com" */
    readonly universe?: string;
    accessToken(scopes: readonly string[]): Promise<Minted>;
    /** Throws a {@link CredentialError} `not-possible` if this identity cannot have an ID token of its own. */
    idToken(audience: string): Promise<Minted>;
}

/** The default scope. The roles of the principal decide what it allows. */
export const cloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

/** The IAM member of a service account. */
export function memberOf(email: string): string {
    return `${email.endsWith("gserviceaccount.com") ? "serviceAccount" : "user"}:${email}`;
}
