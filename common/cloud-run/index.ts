/** What Cloud Run takes: sizes of instances, and what they are made of. */
export {
    binary,
    functionCpu,
    functionMemoryProblem,
    type InstanceSize,
    sizeProblem,
    type SizeProblem,
    totalCpus,
} from "./instance-sizes";
export { fromProvider } from "./provider-template";
export type { InstanceTemplate } from "./template";
export { templateProblem, type TemplateProblem } from "./templates";
