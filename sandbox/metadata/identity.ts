import type { Account } from "../iam";

/** The identity that a metadata server gives out. */
export interface MetadataIdentity {
    project: string;
    region: string;
    /** This is called at each request, so an account that is deleted or disabled gets no more tokens. */
    account(): Account | undefined;
    /** The Compute Engine instance, if the identity is one, for the claims of `format=full`. */
    instance?: {
        zone: string;
        name: string;
        /** The attributes that its creator set: `instance/attributes/NAME`. */
        attributes?: Record<string, string>;
        /** Milliseconds since 1970. @default - now */
        created?: number;
    };
}
