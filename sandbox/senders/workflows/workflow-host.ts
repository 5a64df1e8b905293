import { defined } from "../../../common";
import { randomUUID } from "node:crypto";
import { HostError, type Host, type HttpCall } from "../../../workflow";
import type { Workflow } from "../../apis";
import type { Cloud } from "../../cloud";
import { projectNumberOf } from "../../iam";
import { cloudPlatform, decodeJwt } from "../../tokens";
import type { Callbacks } from "./callbacks";
import { writeExecutionLog } from "./call-log";
import { mintAs, MintError } from "../mint";
import { privateAddress } from "./private-service";
import { SendError, type Sender } from "../send";

/** What an execution needs beside the cloud. */
export interface HostParts {
    workflow: Workflow;
    /** `projects/P/locations/L/workflows/W/executions/E`. */
    execution: string;
    /** Sends requests, also into a network that it names; undefined while the sandbox has no network. */
    sender: (network?: string) => Sender | undefined;
    callbacks: Callbacks;
    /** Told of each ID token that a call carries. */
    onToken?: ((call: HttpCall, claims: Record<string, unknown>) => void) | undefined;
}

/** What an execution in the sandbox reaches: the clock, the network, and tokens of the workflow's own account. */
export function createWorkflowHost(cloud: Cloud, { workflow, execution, sender, callbacks, onToken }: HostParts): Host {
    const [, project = ""] = workflow.name.split("/");
    const email = workflow.serviceAccount.replace(/^.*\//, "");

    function authorization(call: HttpCall): string | undefined {
        const { auth, connector } = call;
        const wanted =
            auth ?? (connector === undefined ? undefined : { type: "OAuth2" as const, scopes: [cloudPlatform] });
        if (!wanted) {
            return undefined;
        }
        const credential =
            wanted.type === "OIDC"
                ? { kind: "id" as const, audience: wanted.audience }
                : { kind: "access" as const, scopes: wanted.scopes };
        const token = mintAs(cloud, project, "gcp-sa-workflows", email, credential);
        if (onToken !== undefined && wanted.type === "OIDC") {
            onToken(call, decodeJwt(token)?.claims ?? {});
        }
        return `Bearer ${token}`;
    }

    return {
        now: () => cloud.clock.now(),
        sleep: (milliseconds, signal) => cloud.clock.sleep(milliseconds, signal),
        uuid: () => randomUUID(),
        async http(call, signal) {
            const { privateServiceName: directory } = call;
            const entry = directory === undefined ? undefined : privateAddress(cloud, project, directory);
            const { hostname, host } = new URL(entry === undefined ? call.url : `http://${entry.address}`);
            const through = sender(entry?.network);
            if (!through || !cloud.hosts.find(hostname)) {
                cloud.hosts.recordRefused(host);
                throw new HostError(
                    "ConnectionFailedError",
                    `the sandbox does not serve ${host}, and lets nothing out; declare the host in sandbox.yaml under hosts`,
                );
            }
            try {
                const bearer = authorization(call);
                const answer = await through.send(
                    {
                        method: call.method,
                        url: call.url,
                        headers: {
                            ...call.headers,
                            ...defined({ authorization: bearer }),
                        },
                        ...(call.body ? { body: call.body } : {}),
                        timeoutMilliseconds: call.timeoutSeconds * 1000,
                        ...(entry && { address: entry.address }),
                    },
                    signal,
                );
                return { status: answer.status, headers: answer.headers, body: answer.body };
            } catch (error) {
                if (error instanceof MintError) {
                    throw new HostError("AuthError", error.message);
                }
                if (error instanceof SendError) {
                    throw new HostError(error.kind === "timeout" ? "TimeoutError" : "ConnectionError", error.message);
                }
                throw error;
            }
        },
        log: ({ severity, payload }) =>
            writeExecutionLog(
                cloud,
                { workflow: workflow.name, revision: workflow.revisionId, execution },
                "Workflows",
                {
                    severity,
                    ...("text" in payload ? { textPayload: payload.text } : { jsonPayload: payload.json }),
                },
            ),
        createCallback: (method) => Promise.resolve(callbacks.create(execution, method)),
    };
}

/** https://cloud.google.com/workflows/docs/reference/environment-variables */
export function environmentOf(cloud: Cloud, workflow: Workflow, execution: string): Record<string, string> {
    const [, project = "", , location = "", , id = ""] = workflow.name.split("/");
    return {
        ...workflow.userEnvVars,
        GOOGLE_CLOUD_LOCATION: location,
        GOOGLE_CLOUD_PROJECT_ID: project,
        GOOGLE_CLOUD_PROJECT_NUMBER: projectNumberOf(project, cloud.settings, cloud.store),
        GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME: workflow.serviceAccount.replace(/^.*\//, ""),
        GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID: execution.replace(/^.*\//, ""),
        GOOGLE_CLOUD_WORKFLOW_ID: id,
        GOOGLE_CLOUD_WORKFLOW_REVISION_ID: workflow.revisionId,
    };
}
