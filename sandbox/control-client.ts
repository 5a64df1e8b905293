import { isObject, readPrivateJson } from "../common";
import { rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { ControlError } from "./cloud";

/** The address and the token of a running sandbox: `control.json` in its state folder, mode 0600. */
export interface ControlFile {
    pid: number;
    /** The address of the control API. */
    url: string;
    token: string;
}

/** Calls a running sandbox. Rejects with the reason if the sandbox refuses. */
export interface ControlClient {
    call(
        method: "GET" | "POST" | "DELETE",
        path: string,
        body?: Record<string, unknown>,
        signal?: AbortSignal,
    ): Promise<Record<string, unknown>>;
}

/** How long a sandbox may take to say that it runs. */
const PATIENCE_MILLISECONDS = 10_000;

/** The sandbox that runs on a state folder, or undefined if none does. */
export async function findRunning(
    folder: string,
    patience = PATIENCE_MILLISECONDS,
): Promise<ControlClient | undefined> {
    const file = join(folder, "control.json");
    const content = controlFile(file);
    if (!content) {
        return undefined;
    }
    const client = connectTo(content);
    // A killed sandbox leaves its file. Then nothing answers at its address, or another program that does not know its ID.
    return client.call("GET", "/v1/status", undefined, AbortSignal.timeout(patience)).then(
        ({ pid }) => (pid === content.pid ? client : undefined),
        () => undefined,
    );
}

/** The process of the sandbox that left its access file, if {@link findRunning} finds none; undefined without such a file. */
export function killedSandbox(folder: string): number | undefined {
    return controlFile(join(folder, "control.json"))?.pid;
}

/** Removes the access file that a killed sandbox left. Whoever calls this uses the folder alone. */
export function removeStaleAccess(folder: string): void {
    if (killedSandbox(folder) !== undefined) {
        rmSync(join(folder, "control.json"), { force: true });
    }
}

/** @throws ControlError if something else is there: the next request would go to the address that it names */
function controlFile(file: string): ControlFile | undefined {
    const fix = "stop the sandbox that runs there, and delete it";
    const content = readPrivateJson(file, fix);
    if (content === undefined) {
        return undefined;
    }
    const { pid, url, token } = (content ?? {}) as Record<string, unknown>;
    if (
        typeof pid !== "number" ||
        typeof url !== "string" ||
        !/^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(url) ||
        typeof token !== "string"
    ) {
        throw new ControlError(`${file} is damaged: it names no sandbox on this machine`, { fix });
    }
    return content as ControlFile;
}

function connectTo({ url, token }: ControlFile): ControlClient {
    return {
        call: (method, path, body, signal) =>
            new Promise((resolve, reject) => {
                // Node's own fetch could use a proxy, and this request must stay on loopback.
                const content = Buffer.from(body === undefined ? "" : JSON.stringify(body));
                const headers = {
                    authorization: `Bearer ${token}`,
                    "content-type": "application/json",
                    // Node omits the length with GET and DELETE, and the server would read the body as another request.
                    "content-length": content.length,
                };
                const asked = request(`${url}${path}`, { method, headers, ...(signal && { signal }) }, (response) => {
                    let text = "";
                    response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
                    response.on("end", () => {
                        const answer = parsed(text);
                        if (response.statusCode === 200 && answer) {
                            resolve(answer);
                        } else {
                            const strange = `${url} answered what no sandbox answers`;
                            reject(new ControlError(typeof answer?.error === "string" ? answer.error : strange));
                        }
                    });
                    response.on("error", reject);
                });
                asked.on("error", reject).end(content);
            }),
    };
}

function parsed(text: string): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return isObject(value) ? value : undefined;
    } catch {
        return undefined;
    }
}
