import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { writePrivateFile } from "../../common";
import type { Cloud } from "../cloud";
import type { ControlFile } from "../control-client";
import type { SandboxStore } from "../store";
import { refusal } from "./access";
import { readJson } from "../json-body";
import type { Faults } from "./faults";
import { type Controlled, routes } from "./routes";
import { messageOf } from "../../errors";

/** The control API of one sandbox, listening. */
export interface Control {
    readonly url: string;
    close(): Promise<void>;
}

/** The largest request body: an upload travels in one, in base64. */
const BODY_BYTES = 200_000_000;

/**
 * Serves the control API on a port of its own on 127.0.0.1, and writes where it is and its token into the state folder.
 */
export async function startControl(
    sandbox: Controlled & { cloud: Cloud & { store: SandboxStore }; faults: Faults; folder: string },
): Promise<Control> {
    const token = randomBytes(24).toString("base64url");
    const server = createServer((request, response) => {
        void answer(request, token, sandbox).then(({ status, body }) => send(response, status, body));
    });
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = join(sandbox.folder, "control.json");
    const content: ControlFile = { pid: process.pid, url, token };
    try {
        writePrivateFile(file, `${JSON.stringify(content)}\n`);
    } catch (error) {
        server.close();
        throw error;
    }
    return {
        url,
        close: () =>
            new Promise((resolve) => {
                rmSync(file, { force: true });
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

interface Answer {
    status: number;
    body: unknown;
}

async function answer(
    request: IncomingMessage,
    token: string,
    sandbox: Controlled & { cloud: Cloud },
): Promise<Answer> {
    const refused = refusal(request, token);
    if (refused !== undefined) {
        return { status: 403, body: { error: refused } };
    }
    const [path = "/"] = (request.url ?? "/").split("?");
    const name = `${request.method ?? "GET"} ${path}`;
    const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
    if (!route) {
        const known = Object.keys(routes).join(", ");
        return { status: 404, body: { error: `the control API has no ${name}; it has ${known}` } };
    }
    try {
        const { store } = sandbox.cloud;
        const { revision } = store;
        const body = await route.answer(sandbox, await readJson(request, BODY_BYTES));
        store.commit(revision);
        return { status: 200, body };
    } catch (error) {
        return { status: 400, body: { error: messageOf(error) } };
    }
}

function send(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body ?? {}));
}
