import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** What a client reads whose host nothing serves. */
export function refusal(host: string): string {
    return `the sandbox does not serve ${host}, and lets nothing out; declare the host in sandbox.yaml under hosts, with what answers for it\n`;
}

/** What a client reads that asks by HTTPS for the host of a load balancer for which the sandbox may make no certificate. */
export function withoutCertificate(host: string): string {
    return `a load balancer serves ${host}, and the sandbox has no certificate for it: its certificates are limited to the domains that it knew when it started; name the domain in sandbox.yaml under domains, and start the sandbox again\n`;
}

/** Whether a host is that of one of Google's APIs. */
export function isGoogle(host: string): boolean {
    return host.endsWith(".googleapis.com");
}

/** An error as Google's APIs answer it, by REST or by gRPC, with which clients do not try again. */
export function refuseAsGoogle(response: ServerResponse, message: string, contentType = ""): void {
    if (contentType.startsWith("application/grpc")) {
        const status = { "grpc-status": "12", "grpc-message": encodeURI(message) };
        response.writeHead(200, { "content-type": "application/grpc", ...status }).end();
        return;
    }
    const error = { code: 400, message, status: "FAILED_PRECONDITION" };
    response
        .writeHead(400, { "content-type": "application/json; charset=utf-8" })
        .end(`${JSON.stringify({ error })}\n`);
}

/** Ends a tunnel before it begins. */
export function refuseTunnel(socket: Duplex, status: string, text: string): void {
    socket.end(
        `HTTP/1.1 ${status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
    );
}
