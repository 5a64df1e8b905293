/** Deploys a program again after each change of its files. */
export { watch } from "./watch";
