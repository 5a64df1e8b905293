import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { ControlError } from "./cloud";

/** Where a running sandbox is found: `control.json` in its state folder, mode 0600. */
export interface ControlFile {
    pid: number;
    /** Of the control API. */
    url: string;
    token: string;
}

/** Asks a running sandbox. Rejects with the sentence by which it refused. */
export interface ControlClient {
    call(
        method: "GET" | "POST" | "DELETE",
        path: string,
        body?: Record<string, unknown>,
    ): Promise<Record<string, unknown>>;
}

/** The sandbox that runs on a state folder, or undefined where none does. */
export async function findRunning(folder: string): Promise<ControlClient | undefined> {
    const file = join(folder, "control.json");
    const content = controlFile(file);
    if (!content) {
        return undefined;
    }
    const client = connectTo(content);
    // The file of a sandbox that was killed stays behind; nobody answers there, or somebody who knows no such token.
    return client.call("GET", "/v1/status").then(
        () => client,
        () => undefined,
    );
}

/** What a sandbox that is just starting, or was killed, may have left unfinished. */
function controlFile(file: string): ControlFile | undefined {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as ControlFile;
    } catch {
        return undefined;
    }
}

function connectTo({ url, token }: ControlFile): ControlClient {
    return {
        call: (method, path, body) =>
            new Promise((resolve, reject) => {
                // Without Node's own fetch, which may be told to use a proxy: this must stay on loopback.
                const content = Buffer.from(body === undefined ? "" : JSON.stringify(body));
                const headers = {
                    authorization: `Bearer ${token}`,
                    "content-type": "application/json",
                    // Said outright: Node leaves it out with GET and DELETE, and the body would be taken for a request.
                    "content-length": content.length,
                };
                const asked = request(`${url}${path}`, { method, headers }, (response) => {
                    let text = "";
                    response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
                    response.on("end", () => {
                        const answer = JSON.parse(text) as Record<string, unknown>;
                        if (response.statusCode === 200) {
                            resolve(answer);
                        } else {
                            reject(new ControlError(String(answer.error)));
                        }
                    });
                });
                asked.on("error", reject).end(content);
            }),
    };
}
