/** Google's own definitions, generated. */
export { googleDescriptors } from "./google";
export type { Messages, Services, With } from "./messages";
