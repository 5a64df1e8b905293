import * as pulumi from "@pulumi/pulumi";
import { isObject } from "../common";
import { secretTexts } from "../components/base";
import { knownValue } from "./known-value";

/** Finds the texts of the secrets in arguments, so that no message about an argument quotes them. */
export async function rememberSecrets(value: unknown, inSecret = false): Promise<void> {
    if (pulumi.Output.isInstance(value)) {
        const known = await knownValue(value);
        const isSecret = inSecret || (await (value as unknown as { isSecret: Promise<boolean> }).isSecret);
        await rememberSecrets(known?.value, isSecret);
    } else if (Array.isArray(value) || (isObject(value) && !isOfPulumi(value))) {
        await Promise.all(Object.values(value).map((member) => rememberSecrets(member, inSecret)));
    } else if (inSecret && value !== "" && (typeof value === "string" || typeof value === "number")) {
        secretTexts().add(String(value));
    }
}

const isOfPulumi = (value: unknown): boolean =>
    pulumi.Resource.isInstance(value) || pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value);
