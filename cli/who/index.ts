/** Who may call what, as the command `who` asks and tells it. */
export { type Asked, askWho } from "./ask";
export { mayReport, type PrincipalAnswer } from "./may";
export { printWho, printMay } from "./print";
