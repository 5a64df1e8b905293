import type { IncomingMessage, ServerResponse } from "node:http";
import { endpointsService, managedServiceName, type RunService } from "../apis";
import type { Cloud } from "../cloud";
import { accountPrincipal, findAccount } from "../iam";
import { doorRequestOf } from "./door";
import { answer, serveOperations } from "./gateway";
import type { Backend } from "./run";

const IMAGE = /^(gcr\.io|[a-z-]+-docker\.pkg\.dev)\/endpoints-release\/endpoints-runtime-serverless:/;

/** Flags that change nothing which the sandbox answers: https://cloud.google.com/endpoints/docs/openapi/specify-esp-v2-startup-options */
const HARMLESS =
    /^--(rollout_strategy=(managed|fixed)|enable_debug|access_log(_format)?=.*|http_request_timeout_s=\d+)$/;

/**
 * Answers for services whose image is ESPv2, the proxy of Cloud Endpoints: by the configuration that its variables name, as the
 * account of the service. All other services answer by themselves.
 * https://cloud.google.com/endpoints/docs/openapi/set-up-cloud-run-espv2
 */
export function withEndpoints(cloud: Cloud, backend: Backend): Backend {
    return (service, request, response) => {
        const [container] = service.template?.containers ?? [];
        if (container !== undefined && IMAGE.test(container.image ?? "")) {
            answerAsProxy(cloud, service, container.env ?? [], request, response);
        } else {
            backend(service, request, response);
        }
    };
}

function answerAsProxy(
    cloud: Cloud,
    service: RunService,
    env: readonly { name?: string; value?: string }[],
    request: IncomingMessage,
    response: ServerResponse,
): void {
    const variable = (wanted: string): string | undefined => env.find(({ name }) => name === wanted)?.value;
    const name = variable("ENDPOINTS_SERVICE_NAME");
    const unknown = (variable("ESPv2_ARGS") ?? "").split(",").find((flag) => flag !== "" && !HARMLESS.test(flag));
    const served =
        name === undefined ? undefined : endpointsService(cloud, name, variable("ENDPOINTS_SERVICE_VERSION"));
    const account = findAccount(cloud.store, service.template?.serviceAccount ?? "");
    const problem =
        (name === undefined && "ENDPOINTS_SERVICE_NAME is not set") ||
        (unknown !== undefined && `the sandbox does not know what ${unknown} of ESPv2_ARGS does`) ||
        (served === undefined && `Cloud Endpoints has no configuration of ${name ?? ""}`) ||
        (account === undefined && "the account of the service does not exist") ||
        undefined;
    if (served === undefined || account === undefined || problem !== undefined) {
        answer(response, 503, `ESPv2 does not start: ${problem || "no configuration"}`);
        return;
    }
    // It reads its configuration as the account of the service, which has the role on the managed service or on its project.
    const resource = managedServiceName(served.name);
    const query = { principal: accountPrincipal(account), permission: "servicemanagement.services.check", resource };
    if (!cloud.iam.evaluate(query).allowed && !cloud.iam.check(query).allowed) {
        answer(
            response,
            503,
            `ESPv2 does not start: ${account.email} lacks roles/servicemanagement.serviceController on ${served.name}`,
        );
        return;
    }
    const gateway = { ...served, account: account.email, resource, userInfo: "x-endpoint-api-userinfo" };
    serveOperations(cloud, doorRequestOf(request, response), gateway);
}
