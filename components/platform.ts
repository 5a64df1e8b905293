import type * as pulumi from "@pulumi/pulumi";

/** Where the code of a caller runs that this package does not deploy. */
export enum Platform {
    /** An instance of Compute Engine, or a group of instances. */
    ComputeEngine = "compute-engine",
    /** Pods of Google Kubernetes Engine with one Kubernetes service account, by Workload Identity Federation for GKE. */
    Kubernetes = "kubernetes",
    /** A service of App Engine. */
    AppEngine = "app-engine",
    /** A build of Cloud Build. */
    CloudBuild = "cloud-build",
}

/** A service account of Kubernetes (https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity). */
export interface KubernetesArgs {
    /** The namespace of the service account, such as `shop`. */
    namespaceName: string;
    /** The name of the service account in Kubernetes, such as `orders`. */
    serviceAccountName: string;
    /** The ID of the clusters' project. @default - the project of the component */
    clusterProject?: pulumi.Input<string>;
    /**
     * Whether the service account of Kubernetes gets the grants itself, and no account of Google Cloud is made. It then has access
     * tokens only, so that it can call Google's APIs and run jobs. What takes an ID token is refused.
     * @default false
     */
    direct?: boolean;
}
