import type { AddressInfo, Server } from "node:net";
import { networkInterfaces } from "node:os";
import { SandboxError } from "../cloud";

/** @returns the port. @throws SandboxError if the port is taken, or this machine has no such address */
export function listen(server: Server, port: number, address: string): Promise<number> {
    const words: Record<string, string> = {
        EADDRINUSE: `port ${port} on ${address} is taken by another program; choose another port, or leave it out to get a free one`,
        EADDRNOTAVAIL: `this machine has no address ${address} to listen on; it has ${addresses().join(", ")}, and 0.0.0.0 is all of them`,
    };
    return new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            const known = words[error.code ?? ""];
            reject(known === undefined ? error : new SandboxError(known, { cause: error }));
        });
        server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
    });
}

function addresses(): string[] {
    return Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
}
