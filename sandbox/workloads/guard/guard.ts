import { syncBuiltinESMExports } from "node:module";
import { guardDatagrams } from "./datagrams";
import { guardListening } from "./listening";
import { guardLookups } from "./lookups";
import { guardTcp } from "./tcp";
import { trust } from "./trust";

/** How a thread or a program gets into the sandbox. */
export interface Way {
    /** The proxy's address with the credentials of its user: a secret. */
    proxy: string;
    /** The root certificate in PEM, for a thread: a process is given it by `NODE_EXTRA_CA_CERTS`. */
    ca?: string;
}

/**
 * From now on no connection of this process or thread leaves loopback, whichever client opens it: TCP to another host
 * goes through the sandbox's proxy, which refuses hosts that the sandbox does not serve; servers listen on loopback;
 * datagrams and DNS queries to elsewhere fail. This is for code that means no harm: Node has ways around it.
 */
export function guardNetwork({ proxy, ca }: Way): void {
    guardTcp(proxy);
    guardListening();
    guardDatagrams();
    guardLookups();
    if (ca !== undefined) {
        trust(ca);
    }
    // `import { lookup } from "node:dns"` sees the changes too.
    syncBuiltinESMExports();
}
