import type { Cloud } from "../cloud";
import { createRunDoor, type Backend } from "./run";

export { refuse } from "./pages";
export type { Backend } from "./run";

/** Puts the front doors where the world knocks. */
export function registerIngress(cloud: Cloud, backend: Backend): void {
    cloud.hosts.serve("*.run.app", createRunDoor(cloud, backend));
}
