import type { ChildProcess } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { InputPropertiesError } from "@pulumi/pulumi/proto/errors_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { ProviderError } from "../errors";
import { fromStruct } from "../protocol";
import { InitFailed } from "./types";

/** What is called when a plugin has answered. */
export type Done<R> = (error: grpc.ServiceError | null, response: R) => void;

/** Calls a method of a plugin. Rejects with the plugin's own error. */
export function call<Q, R>(method: (request: Q, done: Done<R>) => unknown, request: Q): Promise<R> {
    return new Promise((resolve, reject) => {
        method(request, (error, response) => {
            if (error === null) {
                resolve(response);
            } else {
                reject(detailed(error) ?? new ProviderError(error.details));
            }
        });
    });
}

/**
 * An error about which the plugin says more: that it made the resource and then failed, or which of a component's arguments
 * it refuses.
 */
function detailed(error: grpc.ServiceError): Error | undefined {
    const [bytes] = error.metadata.get("grpc-status-details-bin");
    if (!(bytes instanceof Buffer)) {
        return undefined;
    }
    const [detail] = Status.deserializeBinary(bytes).getDetailsList();
    // The SDK leaves out the usual prefix of a type URL.
    const type = detail?.getTypeUrl().split(/[./]/).at(-1);
    const content = detail?.getValue_asU8() ?? new Uint8Array();
    if (type === "ErrorResourceInitFailed") {
        const failed = ErrorResourceInitFailed.deserializeBinary(content);
        const properties = fromStruct(failed.getProperties());
        return new InitFailed(error.details, failed.getId(), properties, failed.getReasonsList());
    }
    if (type === "InputPropertiesError") {
        const refused = InputPropertiesError.deserializeBinary(content).getErrorsList();
        const reasons = refused.map((each) => `${each.getPropertyPath()}: ${each.getReason()}`);
        return new ProviderError([error.details, ...reasons].filter((each) => each !== "").join("\n"));
    }
    return undefined;
}

/**
 * Connects to a plugin, which prints its port as its first line.
 * @param what Names the plugin in the error.
 * @param onOutput Gets what the plugin prints after that line.
 * @throws ProviderError if it ends before that
 */
export async function connect(
    child: ChildProcess,
    what: string,
    onOutput: (text: string) => void = () => undefined,
): Promise<ResourceProviderClient> {
    const port = await new Promise<string>((resolve, reject) => {
        let text = "";
        let known = false;
        child.stdout?.on("data", (chunk: Buffer) => {
            if (known) {
                onOutput(chunk.toString());
                return;
            }
            text += chunk.toString();
            if (text.includes("\n")) {
                known = true;
                resolve(text.slice(0, text.indexOf("\n")).trim());
            }
        });
        child.once("error", reject);
        child.once("exit", (code) => reject(new ProviderError(`${what} ended with exit code ${String(code)}`)));
    });
    return new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
        "grpc.enable_http_proxy": 0,
        "grpc.use_local_subchannel_pool": 1,
    });
}
