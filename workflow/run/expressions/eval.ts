import type { Frame } from "../frame";
import type { RuntimeValue } from "../values";

/** Computes a value immediately. */
export type Eval = (frame: Frame) => RuntimeValue;
/** Computes a value that may have to wait, because it calls something that blocks. */
export type AsyncEval = (frame: Frame) => RuntimeValue | Promise<RuntimeValue>;
