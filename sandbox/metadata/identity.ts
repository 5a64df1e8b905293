import type { Account } from "../iam";

/** Who a metadata server speaks for. */
export interface MetadataIdentity {
    project: string;
    region: string;
    /** Looked up on each request: an account that is deleted or disabled gets nothing more. */
    account(): Account | undefined;
    /** Where the identity is a Compute Engine instance, for the claims of `format=full`. */
    instance?: {
        zone: string;
        name: string;
        /** What its maker wrote: `instance/attributes/NAME`. */
        attributes?: Record<string, string>;
        /** Milliseconds since 1970. @default - now */
        created?: number;
    };
}
