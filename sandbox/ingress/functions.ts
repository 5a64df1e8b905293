import { defined } from "../../common";
import {
    atRevision,
    functions,
    functionUrl,
    serviceBeneath,
    functionsV1,
    type FunctionV1,
    services,
    type RunService,
} from "../apis";
import type { Cloud, HostHandler, Origin } from "../cloud";
import { type DoorRequest, doorRequestOf, keptOut, letIn, type Through } from "./door";
import { refuse } from "./pages";
import { addForwarded, balancerOf, enterService, type Backend } from "./run";

const hostForm = /^([a-z]+-[a-z]+\d+)-(.+)\.cloudfunctions\.net$/;
/** https://cloud.google.com/functions/1stgendocs/networking/network-settings#ingress_settings */
const external = ["pubsub", "eventarc"];

/**
 * The front door of `REGION-PROJECT.cloudfunctions.net/NAME`. For a function of the first generation, its own policy
 * decides. For one of the second generation, that of its Cloud Run service does.
 * https://cloud.google.com/functions/docs/securing/authenticating
 */
export function createFunctionsDoor(cloud: Cloud, backend: Backend): HostHandler {
    return (request, response, origin) => {
        const [, region = "", project = ""] = hostForm.exec(request.headers.host ?? "") ?? [];
        const [, id = "", rest = ""] = /^\/([^/?]+)(.*)$/s.exec(request.url ?? "/") ?? [];
        const name = `projects/${project}/locations/${region}/functions/${id}`;
        const first = functionsV1.find(cloud, name);
        const service = functions.find(cloud, name) && services.find(cloud, serviceBeneath(name));
        const beneath = service && atRevision(cloud, service);
        const doorRequest = doorRequestOf(request, response);
        // The function sees the part of the path that follows its name.
        const strip = (): void => {
            request.url = rest.startsWith("/") ? rest : `/${rest}`;
        };
        if (first) {
            enterFunction(cloud, first, id, doorRequest, origin, backend, { strip });
        } else if (beneath) {
            const answer: Backend = (revision, ...exchange) => {
                strip();
                backend(revision, ...exchange);
            };
            enterService(cloud, beneath, doorRequest, origin, answer, { aliases: [functionUrl(name)] });
        } else {
            refuse(request, response, 404);
        }
    };
}

/**
 * Passes a request on to a function of the first generation, or refuses it.
 * @param strip takes the name of the function off the path, where the path has it
 */
export function enterFunction(
    cloud: Cloud,
    fn: FunctionV1,
    id: string,
    doorRequest: DoorRequest,
    origin: Origin,
    backend: Backend,
    { strip, through }: { strip?: () => void; through?: Through },
): void {
    const { request, response } = doorRequest;
    const [, project = ""] = fn.name.split("/");
    const guarded = {
        permission: "cloudfunctions.functions.invoke",
        resource: `//cloudfunctions.googleapis.com/${fn.name}`,
        resourceType: "cloudfunctions.googleapis.com/CloudFunction",
        outside: ingressProblem(fn, origin, project, cloud, through),
        audiences: { urls: [functionUrl(fn.name)] },
        by: through && balancerOf(through),
    };
    if (!letIn(cloud, doorRequest, guarded)) {
        return;
    }
    strip?.();
    addForwarded(request);
    backend(deployed(fn, id), request, response);
}

function ingressProblem(
    { ingressSettings = "ALLOW_ALL" }: FunctionV1,
    origin: Origin,
    project: string,
    cloud: Cloud,
    through: Through | undefined,
): string | undefined {
    if (ingressSettings === "ALLOW_ALL") {
        return undefined;
    }
    const takesBalancers = ingressSettings === "ALLOW_INTERNAL_AND_GCLB";
    return keptOut(cloud, project, { name: ingressSettings, takesBalancers, external }, origin, through);
}

/** A function of the first generation in the form of a Cloud Run service, because it has none. */
function deployed(fn: FunctionV1, id: string): RunService {
    const variables = {
        ...fn.environmentVariables,
        FUNCTION_TARGET: fn.entryPoint ?? id,
    };
    return {
        name: fn.name,
        generation: fn.versionId ?? "1",
        latestReadyRevision: `${fn.name}/versions/${fn.versionId ?? "1"}`,
        annotations: { "cloudfunctions.googleapis.com/function-id": id },
        template: {
            serviceAccount: fn.serviceAccountEmail ?? "",
            vpcAccess: defined({ egress: fn.vpcConnectorEgressSettings }),
            containers: [{ env: Object.entries(variables).map(([name, value]) => ({ name, value })) }],
        },
    };
}
