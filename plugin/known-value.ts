import * as pulumi from "@pulumi/pulumi";

/** What the SDK knows about an output and does not have in its types. */
interface Settled {
    promise: () => Promise<unknown>;
    isKnown: Promise<boolean>;
}

/** The value of an output, or undefined if only an update will tell it. */
export async function knownValue(value: unknown): Promise<{ value: unknown } | undefined> {
    const output = (pulumi.Output.isInstance(value) ? value : pulumi.output(value)) as unknown as Settled;
    return (await output.isKnown) ? { value: await output.promise() } : undefined;
}
