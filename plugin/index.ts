/** The components for programs in other languages, as Pulumi's plugin protocol serves them. */
export { provider } from "./provider";
