import * as pulumi from "@pulumi/pulumi";

/** A value with all outputs within it, as one output. The SDK's own types do not know what an unknown value becomes. */
export function lift(value: unknown): pulumi.Output<unknown> {
    return pulumi.output(value as object) as pulumi.Output<unknown>;
}
