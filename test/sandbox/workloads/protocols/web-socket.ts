import { createRequire } from "node:module";

/** The part of the package `ws` that tests use. It brings no types. */
export interface WebSocketLike {
    once(event: string, listener: (...args: never[]) => void): this;
    send(data: string | Buffer): void;
    close(): void;
}

export const { WebSocket } = createRequire(__filename)("ws") as {
    WebSocket: new (url: string, options: object) => WebSocketLike;
};
