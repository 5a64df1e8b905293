import module from "node:module";
import { cacheFolder } from "../common/cache-folder";

/** Node 20 does not have it. https://nodejs.org/api/module.html#moduleenablecompilecachecachedir */
const enable = Reflect.get(module, "enableCompileCache") as ((folder: string) => unknown) | undefined;

// With the code that the last command has compiled, a sandbox starts a fifth faster. Node ignores a folder that it cannot write.
if (cacheFolder !== undefined) {
    enable?.(cacheFolder);
}
