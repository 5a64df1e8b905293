import type { Context } from "../attempt";
import type { Diagnosis } from "../smoke-report";
import type { GrantRef } from "../spec";
import { inWords, readReceiver } from "./receiver";

/** A token that a receiver does not accept, because of its audience. */
export interface UnacceptedToken {
    audience: string;
    /** What the receiver accepts; not empty. */
    accepts: readonly string[];
    /** The REST URL of the receiver. */
    resource: string | undefined;
    /** The audience of the receiver at the URL that is called, if it is known. */
    own?: string;
    /** Whether the URL of another host can be a custom audience, because the audience comes from the receiver's component. */
    declared?: boolean;
}

/**
 * Why a receiver does not accept tokens for an audience, and what ends that. The URL of a service was written wrong. What is no
 * URL can only be a custom audience, which the receiver has lost, or never had.
 */
export function wrongAudience({ audience, accepts, resource, own, declared = false }: UnacceptedToken): Diagnosis {
    const cause = `audience was ${audience}, the service accepts ${inWords(accepts)}`;
    const custom = declared ? !isUrlOfService(audience, accepts) : !URL.canParse(audience);
    const command = custom ? addAudienceCommand(resource, audience) : undefined;
    if (command !== undefined) {
        const lost = `${audience} is a custom audience that the service does not have, or does not have any more`;
        return { code: "wrong-audience", cause: `${cause}; ${lost}`, fix: command };
    }
    const right = accepts.find((each) => each === own) ?? accepts[0] ?? own ?? "";
    return { code: "wrong-audience", cause, fix: `audience: "${right}"` };
}

/**
 * What is wrong with the audience of the tokens that a sender sends, by what the receiver says that it accepts. Undefined if
 * it accepts it, or that cannot be read.
 * @param grants The sender's grants. Those on other things than services say nothing.
 */
export async function senderAudience(
    context: Context,
    grants: readonly GrantRef[],
    audience: string,
): Promise<Diagnosis | undefined> {
    for (const { resource } of grants) {
        const accepts = (await readReceiver(context, resource))?.accepts ?? [];
        if (accepts.length > 0) {
            return isTaken(audience, accepts)
                ? undefined
                : wrongAudience({ audience, accepts, resource, declared: true });
        }
    }
    return undefined;
}

/** Whether a receiver takes an audience. With a path its own URL is taken too, and senders have such an audience by default. */
const isTaken = (audience: string, accepts: readonly string[]): boolean =>
    accepts.includes(audience) ||
    accepts.some((url) => isUrlOfService(url, []) && audience.startsWith(`${url}/`) && !/[?#]/.test(audience));

/** Whether an audience is a URL at one of Google's hosts, or at one of the receiver's own. */
function isUrlOfService(audience: string, accepts: readonly string[]): boolean {
    if (!URL.canParse(audience) || !/^https?:/.test(audience)) {
        return false;
    }
    const { hostname } = new URL(audience);
    const own = accepts.filter((each) => URL.canParse(each)).map((each) => new URL(each).hostname);
    return /\.(run\.app|cloudfunctions\.net)$/.test(hostname) || own.includes(hostname);
}

/** The command that gives a Cloud Run service one more audience; undefined for what cannot have custom audiences. */
function addAudienceCommand(resource: string | undefined, audience: string): string | undefined {
    const [, project, location, name] =
        /^https:\/\/run\.googleapis\.com\/v\d\/projects\/([^/]+)\/locations\/([^/]+)\/services\/([^/]+)$/.exec(
            resource ?? "",
        ) ?? [];
    if (project === undefined || location === undefined || name === undefined) {
        return undefined;
    }
    return `gcloud run services update ${name} --region=${location} --project=${project} --add-custom-audiences=${audience}`;
}
