import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import * as components from "../components";
import { componentsMade, log, shareBetweenComponents, urnOf, withoutSecrets } from "../components/base";
import { settle, UnknownArgument } from "./arguments";
import { checked } from "./checked";
import { findOrigins } from "./origins";
import { schema, servedSchema } from "./package-schema";
import { rememberSecrets } from "./secrets";

type Component = new (
    name: string,
    args: Record<string, unknown>,
    opts: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/** The components, for Pulumi's plugin protocol. */
export function provider(): pulumi.provider.Provider {
    shareBetweenComponents();
    const { version } = createRequire(__filename)("pulumi-gcp-invoke/package.json") as { version: string };
    return { version, schema: servedSchema(version), construct };
}

/**
 * Makes one component.
 * @throws InputPropertyError which names the argument that cannot be used
 */
async function construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
): Promise<pulumi.provider.ConstructResult> {
    repairDeletedWith(options);
    const { inputProperties, requiredInputs = [], properties = {} } = schema.resources[type] ?? unknownType(type);
    const outputs = Object.keys(properties);
    const secrets = rememberSecrets(inputs);
    try {
        const specs = { properties: inputProperties, required: requiredInputs };
        const [known] = await Promise.all([checked(inputs, specs), secrets]);
        const args = await settle(known, inputProperties);
        await findOrigins(args);
        const Class = (components as unknown as Record<string, Component>)[type.split(":")[2] ?? ""];
        const made = new (Class ?? unknownType(type))(name, args, options) as unknown as Record<string, unknown>;
        const urn = made["urn"] as pulumi.Output<string>;
        componentsMade().set(await urnOf(made as unknown as pulumi.Resource), made);
        return { urn, state: pick(outputs, (key) => made[key]) };
    } catch (error) {
        if (error instanceof UnknownArgument) {
            return await later(name, type, options, error, outputs);
        }
        await secrets;
        throw inputError(error);
    }
}

/**
 * Gives the resource of `deletedWith` its whole URN. Pulumi's server reads the URN like a reference to a provider, which is a URN
 * and an ID, so that it takes the last part of the URN, the name, for an ID.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/provider/server.ts
 */
function repairDeletedWith({ deletedWith }: pulumi.ComponentResourceOptions): void {
    if (deletedWith instanceof pulumi.DependencyProviderResource) {
        const { urn, id } = deletedWith;
        Object.assign(deletedWith, { urn: pulumi.interpolate`${urn}::${id}` });
    }
}

/** A component of which a preview can show nothing yet but that it will be there. */
async function later(
    name: string,
    type: string,
    options: pulumi.ComponentResourceOptions,
    { path, value }: UnknownArgument,
    outputs: string[],
): Promise<pulumi.provider.ConstructResult> {
    const made = new pulumi.ComponentResource(type, name, {}, options);
    void log.info(
        `${path} is not known before the update, so that this preview does not show what ${name} makes`,
        made,
    );
    const unknown = value.apply(() => undefined);
    const state = pick(outputs, () => unknown);
    componentsMade().set(await urnOf(made), state);
    return { urn: made.urn, state };
}

function pick(keys: string[], valueOf: (key: string) => unknown): Record<string, unknown> {
    return Object.fromEntries(keys.map((key) => [key, valueOf(key)]));
}

function unknownType(type: string): never {
    throw new Error(`${type} is no component of this package`);
}

/** An error of an argument as the protocol tells it: with the argument's path. */
function inputError(error: unknown): unknown {
    const { argument, propertyPath = argument, reason } = error as Record<string, unknown>;
    return typeof propertyPath === "string" && typeof reason === "string"
        ? new pulumi.InputPropertyError({ propertyPath, reason: withoutSecrets(reason) })
        : error;
}
