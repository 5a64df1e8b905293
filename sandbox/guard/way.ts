/** How a thread, a program or a function gets into the sandbox. */
export interface Way {
    /** The proxy's address with the credentials of its user: a secret. */
    proxy: string;
    /** The root certificate in PEM, for a thread: a process is given it by `NODE_EXTRA_CA_CERTS`. */
    ca?: string;
}

/** The way of the code that asks; undefined for code that is not in a sandbox. */
export type WayOf = () => Way | undefined;
