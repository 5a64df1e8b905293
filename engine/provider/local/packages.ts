import type { Provider } from "../types";
import { localProvider } from "./provider";
import { random } from "./random";
import { std } from "./std";
import { time } from "./time";
import { tls } from "./tls";

/** The providers of the packages that need no cloud, by name. */
export function localProviders(): Provider[] {
    return [random, tls, std, time].map(localProvider);
}
