import { type Context, isTransient, notTried, type Trial } from "../attempt";
import { readGateway } from "../diagnosis";
import type { GatewayProbe } from "../spec";

/** Compares whom the deployed document of an API gateway lets in, and whom it calls, with what the program declares. */
export function gatewayTrial({ gateway, label, issuer, audience, backends }: GatewayProbe, context: Context): Trial {
    return {
        ...{ caller: "anybody", target: label, token: "none", expected: `only tokens of ${issuer}` },
        async attempt() {
            const found = await readGateway(context, await context.credentials(), gateway);
            if ("status" in found) {
                const { status, what } = found;
                const cause = `${what} could not be read: ${status}; the check needs roles/apigateway.viewer`;
                if (status === 403 || status === 401) {
                    return notTried("gateway-unread", cause);
                }
                return {
                    outcome: isTransient(status) ? "retry" : "failed",
                    got: String(status),
                    diagnosis: { code: "gateway-unread", cause },
                };
            }
            const { issuers, audiences, open, backends: called } = found;
            const own = audiences[0];
            const wrong = [
                ...open.map((place) => `asks for no token at ${place}`),
                ...issuers.filter((each) => each !== issuer).map((each) => `takes tokens of ${each}`),
                ...audiences
                    .filter((each) => each !== audience && each !== own)
                    .map((each) => `takes tokens for ${each}`),
                ...(audiences.includes(audience) ? [] : [`takes no tokens for ${audience}`]),
                ...called
                    .filter((each) => backends?.includes(each) === false)
                    .map((each) => `sends requests to ${each}`),
            ];
            if (wrong.length === 0) {
                return { outcome: "passed", got: "as declared" };
            }
            const cause = `the document of ${label} is not the declared one: it ${[...new Set(wrong)].join(", and ")}`;
            const fix = "pulumi up --refresh, or gcp-invoke sandbox up --refresh";
            return { outcome: "failed", got: "another document", diagnosis: { code: "gateway-changed", cause, fix } };
        },
    };
}
