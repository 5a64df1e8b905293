import type { Socket } from "node:net";
import { createServer, type Server, TLSSocket } from "node:tls";
import { toError } from "../../errors";
import type { Origin } from "../cloud";
import type { Authority } from "./authority";

/** The hosts that ask their clients for a certificate. https://google.aip.dev/auth/4114 */
const MUTUAL = /^[a-z0-9-]+\.mtls\.googleapis\.com$/;

/**
 * What ends TLS (HTTP/2 and HTTP/1.1, by ALPN). A client that shows a certificate proves that it has the key; who issued it is
 * for the API to check, as each provider trusts others.
 * @returns the server for a host
 */
export function createTlsEnds(authority: Authority, onSocket: (socket: TLSSocket) => void): (host: string) => Server {
    const end = (requestCert: boolean): Server => {
        const server = createServer(
            {
                ALPNProtocols: ["h2", "http/1.1"],
                requestCert,
                rejectUnauthorized: false,
                SNICallback: (name, done) => {
                    authority.contextFor(name).then(
                        (context) => done(null, context),
                        (error: unknown) => done(toError(error)),
                    );
                },
            },
            onSocket,
        );
        // A client that does not trust the root certificate closes the connection here, and reports that itself.
        server.on("tlsClientError", (_error, socket) => socket.destroy());
        return server;
    };
    const plain = end(false);
    const mutual = end(true);
    return (host) => (MUTUAL.test(host) ? mutual : plain);
}

/** An origin with the certificate that its client has shown. */
export function withCertificate(origin: Origin, socket: Socket): Origin {
    const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.raw : undefined;
    return certificate === undefined ? origin : { ...origin, certificate };
}
