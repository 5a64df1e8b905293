import { CredentialError, NetworkError } from "../../credentials";
import type { Context } from "../attempt";
import { type DeployedGateway, readGateway, type Unread } from "./gateway";
import type { Receiver } from "./known-receiver";
import type { RequestProbe } from "../spec";

/** An API gateway takes what its document names. Nobody reads a policy of it, because it has none that says who may call. */
export async function gatewayReceiver(
    context: Context,
    resource: string,
    asked: RequestProbe | undefined,
): Promise<Receiver | undefined> {
    const credentials = await context.credentials().catch(() => undefined);
    const found = credentials && (await orUndefined(readGateway(context, credentials, resource)));
    return documentReceiver(found, { secrets: [] }, asked);
}

/** What a document tells about who gets in. Undefined if it could not be read. */
export function documentReceiver(
    found: DeployedGateway | Unread | undefined,
    known: Pick<Receiver, "secrets" | "account">,
    asked: RequestProbe | undefined,
): Receiver | undefined {
    if (found === undefined || "status" in found) {
        return undefined;
    }
    if ("problem" in found) {
        return { ...known, accepts: [], byDocument: true, complete: false, notReady: found.problem };
    }
    const { host, audiences, open } = found;
    const first = open.find((place) => asked === undefined || covers(place, asked));
    return {
        ...known,
        ...{ accepts: audiences, host, byDocument: true, complete: true },
        ...(first !== undefined && {
            openBecause: {
                why: `its document asks for no token at ${first}`,
                fix: "deploy the declared document again: pulumi up --refresh, gcp-invoke sandbox up --refresh, or gcloud endpoints services deploy",
            },
        }),
    };
}

/** Whether a request is for an operation, such as `GET /orders/{order}`, or may be. */
function covers(operation: string, { url, method = "GET" }: RequestProbe): boolean {
    const [, verb, template = ""] = /^([A-Z]+) (\/.*)$/.exec(operation) ?? [];
    const pattern = template
        .split(/(\{[^}]*\})/)
        .map((part) =>
            /^\{.*=\*\*\}$/.test(part)
                ? ".*"
                : part.startsWith("{")
                  ? "[^/]+"
                  : part.replaceAll(/[^\w/]/g, String.raw`\$&`),
        )
        .join("");
    return verb === undefined || (verb === method && new RegExp(`^${pattern}/?$`).test(new URL(url).pathname));
}

/** The result of reading something, or undefined if it could not be read. That alone must not fail the check. */
export async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
    return reading.catch((error: unknown) => {
        if (error instanceof NetworkError || error instanceof CredentialError) {
            return undefined;
        }
        throw error;
    });
}
