import { join } from "node:path";

/** The folder `node_modules` that this package is in. In a checkout of the package there is none. */
const modules = /^.*[\\/]node_modules(?=[\\/])/.exec(__dirname)?.[0];

/** Where this package keeps code that Node has compiled, for all its commands and sandboxes; undefined in a checkout. */
export const cacheFolder = modules === undefined ? undefined : join(modules, ".cache", "gcp-invoke");
