import tls, { type SecureContextOptions } from "node:tls";
import type { WayOf } from "./way";

/**
 * Lets this thread trust the sandbox's root. `NODE_EXTRA_CA_CERTS` is read when a process starts and at no other time,
 * and `tls.setDefaultCACertificates` is not in every Node that is supported.
 */
export function trust(wayOf: WayOf): void {
    const { createSecureContext } = tls;
    Object.assign(tls, {
        createSecureContext: (options: SecureContextOptions = {}) => {
            const ca = wayOf()?.ca;
            return createSecureContext(
                ca === undefined
                    ? options
                    : { ...options, ca: options.ca === undefined ? ca : [options.ca, ca].flat() },
            );
        },
    });
}
