import { syncBuiltinESMExports } from "node:module";
import { guardDatagrams } from "./datagrams";
import { guardDescendants } from "./descendants";
import { guardHome } from "./home";
import { guardListening } from "./listening";
import { guardLookups } from "./lookups";
import { guardTcp } from "./tcp";
import { trust } from "./trust";
import type { WayOf } from "./way";

/**
 * From now on no connection of this process or thread leaves loopback if `wayOf` gives a way, whichever client opens it:
 * TCP to another host goes through the sandbox's proxy, which refuses hosts that the sandbox does not serve; servers listen
 * on loopback; datagrams and DNS queries to elsewhere fail. The same holds for each Node process and thread that it starts.
 * This is for code that means no harm: Node has ways around it.
 */
export function guardNetwork(wayOf: WayOf): void {
    guardTcp(wayOf);
    guardListening(wayOf);
    guardDatagrams(wayOf);
    guardLookups(wayOf);
    guardDescendants(wayOf);
    guardHome(wayOf);
    trust(wayOf);
    // `import { lookup } from "node:dns"` sees the changes too.
    syncBuiltinESMExports();
}
