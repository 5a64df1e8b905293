import { readFileSync } from "node:fs";
import { guardNetwork } from "./guard";

// What `NODE_OPTIONS` of a program has Node load before anything else. The proxy is the one that its clients are given.
if (!guarded(undefined)) {
    // A process that the engine has started before there was a program gets its variables later. Node does not read
    // `NODE_EXTRA_CA_CERTS` again then.
    const event = "gcp-invoke:environment" as "beforeExit";
    process.once(event, () => guarded(process.env.NODE_EXTRA_CA_CERTS));
}

function guarded(caFile: string | undefined): boolean {
    const proxy = process.env.HTTPS_PROXY;
    if (proxy === undefined || !/^http:\/\/([^/@]*@)?127\.0\.0\.1:\d+\/?$/.test(proxy)) {
        return false;
    }
    const way = { proxy, ...(caFile !== undefined && { ca: readFileSync(caFile, "utf8") }) };
    guardNetwork(() => way);
    return true;
}
