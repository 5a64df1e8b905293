import type { Principal } from "../cloud";
import type { Account } from "../iam";

/** The identity that a metadata server gives out. */
export interface MetadataIdentity {
    project: string;
    region: string;
    /** This is called at each request, so an account that is deleted or disabled gets no more tokens. */
    account(): Account | undefined;
    /**
     * The service account of Kubernetes, if the identity is a pod. It gets tokens of the account only if it may mint them, and its
     * own access tokens if there is no account. https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
     */
    pod?: Principal & { kind: "federated" };
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
