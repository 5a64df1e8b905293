import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import type { InvokableAgentArgs } from "./agent-args";

/**
 * Where the copy of the card for everybody is; undefined if there is none.
 * @throws ResourceError if it is not said whether the card is public, or two arguments say different things
 */
export function publishedAt(component: pulumi.Resource, args: InvokableAgentArgs): pulumi.Input<string> | undefined {
    const { publicCard, publicCardUrl } = args as Partial<InvokableAgentArgs>;
    if (publicCard === undefined) {
        const reason =
            "is missing; say false for a card that only callers with a grant may read, or true and publicCardUrl";
        throw argumentError(component, "publicCard", reason);
    }
    if (publicCard && publicCardUrl === undefined) {
        const reason =
            "is missing, and publicCard is true; Cloud Run asks for a token at all paths of a service or at none, " +
            "so publish a copy of the card somewhere else and give its URL, or set publicCard to false";
        throw argumentError(component, "publicCardUrl", reason);
    }
    if (!publicCard && publicCardUrl !== undefined) {
        throw argumentError(
            component,
            "publicCardUrl",
            "is given, and publicCard is false; set it to true, or leave the URL out",
        );
    }
    if (typeof publicCardUrl === "string" && !/^https:\/\/[^/]+/.test(publicCardUrl)) {
        throw argumentError(
            component,
            "publicCardUrl",
            `"${publicCardUrl}" is no https: URL; give the whole URL of the card`,
        );
    }
    return publicCardUrl;
}
