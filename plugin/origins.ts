import * as pulumi from "@pulumi/pulumi";
import { isObject } from "../common";
import { componentsMade, withOrigin } from "../components/base";

/** Remembers of each target in the arguments which component it is the data of, if this process has made that component. */
export async function findOrigins(value: unknown): Promise<void> {
    if (Array.isArray(value)) {
        await Promise.all(value.map(findOrigins));
        return;
    }
    if (!isObject(value) || pulumi.Output.isInstance(value) || pulumi.Resource.isInstance(value)) {
        return;
    }
    const made = "kind" in value ? componentsMade().get((await known(value["component"])) ?? "") : undefined;
    if (made !== undefined) {
        withOrigin(value, made);
        return;
    }
    await Promise.all(Object.values(value).map(findOrigins));
}

/** The text of a value, if it is known. */
async function known(value: unknown): Promise<string | undefined> {
    const output = pulumi.output(value) as unknown as { promise: () => Promise<unknown>; isKnown: Promise<boolean> };
    const text = (await output.isKnown) ? await output.promise() : undefined;
    return typeof text === "string" ? text : undefined;
}
