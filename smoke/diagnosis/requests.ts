import type { Context } from "../attempt";
import type { RequestProbe } from "../spec";

/** The REST URL of the receiver. */
export const resourceOf = (probe: RequestProbe): string | undefined => probe.resource ?? probe.grants?.[0]?.resource;

/** The statuses with which Google denies this call: Cloud Run uses 403 and 401, and IAP also redirects to its sign-in page. */
export const deniedStatusOf = (probe: RequestProbe): readonly number[] => probe.deniedStatus ?? [401, 403];

/** The HTTP method of a probe's request. */
export const methodOf = ({ method, body, agent, ...probe }: RequestProbe): string =>
    method ?? (body === undefined && agent?.message === undefined && !isDialogue(probe) ? "GET" : "POST");

/** Whether a probe only asks by a protocol of its own. It changes nothing, although it posts. */
const isDialogue = ({ grpcService, mcpTools }: Pick<RequestProbe, "grpcService" | "mcpTools">): boolean =>
    grpcService !== undefined || mcpTools !== undefined;

/** Whether a request can be repeated whatever became of it. https://www.rfc-editor.org/rfc/rfc9110#name-safe-methods */
export const isSafe = (probe: RequestProbe, { safeToRepeat }: Context): boolean =>
    safeToRepeat || isDialogue(probe) || /^(GET|HEAD|OPTIONS)$/i.test(methodOf(probe));

/** The command that shows the log of a probe's receiver; undefined for what is no service. */
export function logCommand(probe: RequestProbe): string | undefined {
    const [, project, location, service] =
        (probe.grants ?? [])
            .map(({ resource }) => /\/projects\/([^/]+)\/locations\/([^/]+)\/services\/([^/]+)$/.exec(resource))
            .find((match) => match !== null) ?? [];
    return service && `gcloud run services logs read ${service} --region=${location ?? ""} --project=${project ?? ""}`;
}
