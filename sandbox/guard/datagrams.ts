import { Socket, type BindOptions } from "node:dgram";
import { isAnyAddress, isLoopback } from "./loopback";
import type { WayOf } from "./way";

/* eslint-disable @typescript-eslint/unbound-method -- called with the socket that they are asked of */
const { bind, connect, send } = Socket.prototype;
/* eslint-enable @typescript-eslint/unbound-method */

/** Lets datagrams go to loopback alone. */
export function guardDatagrams(wayOf: WayOf): void {
    const deliver = (socket: Socket, real: Send, args: unknown[], host: string | undefined): void => {
        if (wayOf() === undefined || host === undefined || isAnyAddress(host) || isLoopback(host)) {
            Reflect.apply(real, socket, args);
        } else {
            refuse(socket, host, args.at(-1));
        }
    };
    const guarded = {
        send(this: Socket, ...args: unknown[]): void {
            // The address is the only text after the message.
            const host = args.slice(1).find((argument) => typeof argument === "string");
            deliver(this, send, args, host);
        },
        connect(this: Socket, ...args: unknown[]): void {
            deliver(this, connect, args, typeof args[1] === "string" ? args[1] : undefined);
        },
        bind(this: Socket, ...args: unknown[]): Socket {
            return Reflect.apply(bind, this, (wayOf() ? onLoopback(this, args) : args) as Parameters<typeof bind>);
        },
    };
    Object.assign(Socket.prototype, guarded);
}

type Send = (...args: never[]) => void;

function refuse(socket: Socket, host: string, callback: unknown): void {
    const message = `send to ${host}: datagrams of the sandbox's workloads stay on loopback`;
    const error = Object.assign(new Error(message), { code: "EACCES", address: host });
    process.nextTick(() => {
        if (typeof callback === "function") {
            (callback as (error: Error) => void)(error);
        } else {
            socket.emit("error", error);
        }
    });
}

function onLoopback(socket: Socket, args: unknown[]): unknown[] {
    const loopback = (socket as Socket & { type?: string }).type === "udp6" ? "::1" : "127.0.0.1";
    const [first, second, ...rest] = args;
    if (typeof first === "object" && first !== null) {
        return [{ ...(first as BindOptions), address: loopback }, second, ...rest];
    }
    const callback = args.find((argument) => typeof argument === "function");
    return [typeof first === "number" ? first : 0, loopback, ...(callback ? [callback] : [])];
}
