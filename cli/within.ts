import { isAbsolute, relative, resolve, sep } from "node:path";

/** Whether a path is a folder, or lies below it. Links are not followed. */
export function isWithin(folder: string, path: string): boolean {
    const way = relative(resolve(folder), resolve(path));
    return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
