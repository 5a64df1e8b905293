import { type Attempt, type Context, isTransient, notTried, type Trial } from "../attempt";
import { type DeployedGateway, readEndpoints, readGateway, type Unread } from "../diagnosis";
import type { EndpointsProbe, GatewayProbe } from "../spec";

/** What a document may say. What is absent is not compared. */
interface Declared {
    label: string;
    issuers?: string[] | undefined;
    /** Audiences beside the name of the API itself. */
    audiences?: string[] | undefined;
    /** Audiences that tokens must be taken for. */
    required: string[];
    open: string[];
    backends?: string[] | undefined;
    backendAudiences?: string[] | undefined;
    fix: string;
}

/** Compares whom the deployed document of an API gateway lets in, and whom it calls, with what the program declares. */
export function gatewayTrial(probe: GatewayProbe | EndpointsProbe, context: Context): Trial {
    if (probe.kind === "endpoints") {
        return endpointsTrial(probe, context);
    }
    const { gateway, label, issuer, audience, backends, backendAudiences } = probe;
    const fix = "pulumi up --refresh, or gcp-invoke sandbox up --refresh";
    return documentTrial(context, async () => readGateway(context, await context.credentials(), gateway), {
        ...{ label, issuers: [issuer], audiences: [audience], required: [audience], open: [] },
        ...{ backends, backendAudiences, fix },
    });
}

/** Compares in the same way what ESPv2 serves, the proxy of Cloud Endpoints. */
function endpointsTrial(probe: EndpointsProbe, context: Context): Trial {
    const { service, image, label, issuers, audiences, open = [], backends, backendAudiences } = probe;
    const fix =
        "gcloud endpoints services deploy with the declared document, or declare this one in smokeCheck.endpoints";
    return documentTrial(context, async () => readEndpoints(context, await context.credentials(), service, image), {
        ...{ label, issuers, audiences, required: audiences ?? [], open, backends, backendAudiences, fix },
    });
}

function documentTrial(context: Context, read: () => Promise<DeployedGateway | Unread>, declared: Declared): Trial {
    const { label, issuers, fix } = declared;
    const expected = issuers === undefined ? "no call without a token" : `only tokens of ${issuers.join(" and ")}`;
    return {
        ...{ caller: "anybody", target: label, token: "none", expected },
        async attempt() {
            const found = await read();
            if ("status" in found) {
                return unread(found);
            }
            const wrong = "problem" in found ? [found.problem] : differences(found, declared);
            if (wrong.length === 0) {
                return { outcome: "passed", got: "as declared" };
            }
            const cause =
                "problem" in found
                    ? `nothing tells whom ${label} lets in: ${found.problem}`
                    : `the document of ${label} is not the declared one: it ${[...new Set(wrong)].join(", and ")}`;
            return { outcome: "failed", got: "another document", diagnosis: { code: "gateway-changed", cause, fix } };
        },
    };
}

function unread({ status, what, needs }: Extract<Unread, { status: number }>): Attempt {
    const cause = status === 0 ? what : `${what} could not be read: ${status}; the check needs ${needs}`;
    if (status === 0 || status === 403 || status === 401) {
        return notTried("gateway-unread", cause);
    }
    return {
        outcome: isTransient(status) ? "retry" : "failed",
        got: String(status),
        diagnosis: { code: "gateway-unread", cause },
    };
}

function differences(found: DeployedGateway, declared: Declared): string[] {
    const { issuers, audiences, required, open, backends, backendAudiences } = declared;
    const [own] = found.audiences;
    const beyond = (those: string[], allowed: string[] | undefined): string[] =>
        allowed === undefined ? [] : those.filter((each) => !allowed.includes(each));
    return [
        ...beyond(found.open, open).map((place) => `asks for no token at ${place}`),
        ...beyond(found.issuers, issuers).map((each) => `takes tokens of ${each}`),
        ...beyond(issuers ?? [], found.issuers).map((each) => `takes no tokens of ${each}`),
        ...beyond(found.audiences, audiences)
            .filter((each) => each !== own)
            .map((each) => `takes tokens for ${each}`),
        ...beyond(required, found.audiences).map((each) => `takes no tokens for ${each}`),
        ...found.strangeKeys.map((each) => `verifies tokens by the keys at ${each}`),
        ...beyond(found.backendAudiences, backendAudiences).map((each) => `sends tokens for ${each}`),
        ...beyond(found.backends, backends).map((each) => `sends requests to ${each}`),
    ];
}
