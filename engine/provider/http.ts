import { setTimeout as sleep } from "node:timers/promises";

import { asText, isObject, type Properties } from "../values";
import type { CloudRequest } from "./types";

import { type ErrorDetails, InvokeError, messageOf } from "../../errors";

/** Google Cloud refused a request, or an operation of it failed. */
export class CloudError extends InvokeError {
    readonly code = "cloud-refused";

    constructor(
        readonly httpStatus: number,
        /** Google's canonical code, such as `PERMISSION_DENIED`; empty if the answer has none. */
        readonly status: string,
        message: string,
        details: ErrorDetails = {},
    ) {
        super(message, details);
    }

    /** Whether the request may have been carried out all the same: the cloud failed, or nobody knows what it answered. */
    get isUncertain(): boolean {
        return this.httpStatus >= 500;
    }
}

/** Sends requests as the provider does: with JSON, errors that are thrown, and waiting for long-running operations. */
export class Http {
    constructor(private readonly send: CloudRequest) {}

    /** Sends a request. Throws a {@link CloudError} if the status is 400 or above. */
    async call(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<Properties> {
        const answer = await this.send(method, withJson(url), body, headers).catch((error: unknown) => {
            throw new CloudError(503, "UNAVAILABLE", messageOf(error), { cause: error });
        });
        const content = isObject(answer.body) ? answer.body : {};
        if (answer.status < 400) {
            return content;
        }
        const error = isObject(content["error"]) ? content["error"] : {};
        const code = typeof error["status"] === "string" ? error["status"] : "";
        const said = typeof error["message"] === "string" ? error["message"] : "no message";
        throw new CloudError(answer.status, code, `Error ${answer.status}${code === "" ? "" : ` (${code})`}: ${said}`);
    }

    /** Sends a request as {@link call} does; returns nothing if the resource does not exist. */
    async find(method: string, url: string, body?: unknown): Promise<Properties | undefined> {
        try {
            return await this.call(method, url, body);
        } catch (error) {
            if (error instanceof CloudError && error.httpStatus === 404) {
                return undefined;
            }
            throw error;
        }
    }

    /** Sends a request, polls the operation that it starts until it is done, and returns the response of the operation. */
    async callAndWait(base: string, method: string, url: string, body?: unknown): Promise<Properties> {
        let operation = await this.call(method, url, body);
        const { name } = operation;
        if (typeof name !== "string" || !name.includes("operations/")) {
            return operation;
        }
        // The real provider asks every ten seconds; the sandbox answers at once.
        for (let wait = 5; operation["done"] !== true; wait = Math.min(wait * 2, 2000)) {
            await sleep(wait);
            operation = await this.call("GET", `${base}${name}`);
        }
        const { error } = operation;
        if (isObject(error)) {
            throw new CloudError(0, "", `Error code ${asText(error["code"])}, message: ${asText(error["message"])}`);
        }
        return isObject(operation["response"]) ? operation["response"] : {};
    }
}

function withJson(url: string): string {
    return `${url}${url.includes("?") ? "&" : "?"}alt=json`;
}
