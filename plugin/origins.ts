import * as pulumi from "@pulumi/pulumi";
import { isObject } from "../common";
import { componentsMade, withOrigin } from "../components/base";
import { knownValue } from "./known-value";

/** Remembers of each target in the arguments which component it is the data of, if this process has made that component. */
export async function findOrigins(value: unknown): Promise<void> {
    if (Array.isArray(value)) {
        await Promise.all(value.map(findOrigins));
        return;
    }
    if (!isObject(value) || pulumi.Output.isInstance(value) || pulumi.Resource.isInstance(value)) {
        return;
    }
    const urn = "kind" in value ? await knownValue(value["component"]) : undefined;
    const made = componentsMade().get(String(urn?.value));
    if (made !== undefined) {
        withOrigin(value, made);
        return;
    }
    await Promise.all(Object.values(value).map(findOrigins));
}
