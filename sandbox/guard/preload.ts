import { guardNetwork } from "./guard";

// What `NODE_OPTIONS` of a program has Node load before anything else. The proxy is the one that its clients are given.
const proxy = process.env.HTTPS_PROXY;
if (proxy !== undefined && /^http:\/\/([^/@]*@)?127\.0\.0\.1:\d+\/?$/.test(proxy)) {
    guardNetwork(() => ({ proxy }));
}
