import { type Context, isTransient, notTried, type Trial } from "../attempt";
import { readGateway } from "../diagnosis";
import type { GatewayProbe } from "../spec";

/** Compares whom the deployed document of an API gateway lets in, and whom it calls, with what the program declares. */
export function gatewayTrial(probe: GatewayProbe, context: Context): Trial {
    const { gateway, label, issuer, audience, backends, backendAudiences } = probe;
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
            const tokens = found.backendAudiences.filter((each) => backendAudiences?.includes(each) === false);
            const own = audiences[0];
            const wrong = [
                ...open.map((place) => `asks for no token at ${place}`),
                ...issuers.filter((each) => each !== issuer).map((each) => `takes tokens of ${each}`),
                ...audiences
                    .filter((each) => each !== audience && each !== own)
                    .map((each) => `takes tokens for ${each}`),
                ...(audiences.includes(audience) ? [] : [`takes no tokens for ${audience}`]),
                ...found.strangeKeys.map((each) => `verifies tokens by the keys at ${each}`),
                ...tokens.map((each) => `sends tokens for ${each}`),
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
