import type * as pulumi from "@pulumi/pulumi";

/** The value of an output, once it has one. */
export function value<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => {
        output.apply((known: unknown) => {
            resolve(known as T);
        });
    });
}
