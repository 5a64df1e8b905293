import { integer } from "./operators";
import { Double, type RuntimeValue } from "./value";

/** A literal of a source as a value. */
export function literal(value: null | boolean | bigint | number | string): RuntimeValue {
    if (typeof value === "bigint") {
        return integer(value);
    }
    return typeof value === "number" ? new Double(value) : value;
}

/** A number as an expression writes it. */
export function number(text: string, whole: boolean): RuntimeValue {
    return literal(whole ? BigInt(text) : Number(text));
}
