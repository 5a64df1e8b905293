import type * as pulumi from "@pulumi/pulumi";
import type { CallerArgs } from "../caller-args";
import type { Target } from "../target";

/** What a Cloud Run service takes, with or without Identity-Aware Proxy in front of it. */
export interface RunServiceArgs extends CallerArgs {
    /**
     * The container image, such as `europe-docker.pkg.dev/acme/shop/orders:1`. It is required unless the service exists
     * already.
     */
    image?: pulumi.Input<string>;
    /** The region, such as `europe-west1`. It is required unless the service exists already. */
    location?: pulumi.Input<string>;
    /** The name of the service in Google Cloud. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** Environment variables of the container, beside those of `invokes`. @default - none */
    env?: { [name: string]: pulumi.Input<string> };
    /** CPU of an instance, such as `1` or `500m`. @default - as Cloud Run does */
    cpu?: pulumi.Input<string>;
    /** Memory of an instance, such as `512Mi`. @default - as Cloud Run does */
    memory?: pulumi.Input<string>;
    /** How many instances run at most. @default - as Cloud Run does */
    maxInstances?: pulumi.Input<number>;
    /** Labels of the service. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether Google's provider refuses to delete the service. @default false */
    deletionProtection?: pulumi.Input<boolean>;
    /**
     * What the service calls, by name. The URL of `stock` arrives in the environment as `STOCK_URL`, its audience as
     * `STOCK_AUDIENCE` where that is not the URL, and the secret of an external API as `STOCK_SECRET`. The service's account
     * gets the grant that it needs on each of them. The code gets its ID tokens from the metadata server
     * (https://cloud.google.com/run/docs/authenticating/service-to-service).
     * @default - nothing
     */
    invokes?: { [name: string]: Target };
    /** The network that all its requests leave by. It is required to reach a service with internal ingress. @default - none */
    vpc?: VpcArgs;
}

/** Direct VPC egress for all requests (https://cloud.google.com/run/docs/configuring/vpc-direct-vpc). */
export interface VpcArgs {
    /** The network. @default - the network of the subnetwork */
    network?: pulumi.Input<string>;
    /** The subnetwork that requests leave by. */
    subnetwork: pulumi.Input<string>;
}
