/** Google's own definitions, generated. */
export { googleDescriptors } from "./google";
