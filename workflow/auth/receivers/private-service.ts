import { type Abstract, literalOf, originsOf, partsOf, type Values, worst } from "../flow";
import type { DeclaredTarget } from "../types";
import { type Receiver, shownPart } from "./receiver";

/** The origin, in words, of a receiver that Service Directory decides about. */
export const PRIVATE_NAME = "the private service's name";

/** The declared target whose private service a value names, as messages show it. */
function declaredIn(value: Abstract): string | undefined {
    const [only, ...more] = partsOf(value);
    return only?.kind === "target" && only.what === "private service" && more.length === 0
        ? shownPart(only)
        : undefined;
}

/** Whether a name of `private_service_name` is that of a declared target's own service, as far as the source shows it. */
export function isOwnService(value: Abstract, { name, privateService }: DeclaredTarget): boolean {
    const written = literalOf(value);
    return written === undefined ? declaredIn(value) === `<${name}>` : written === privateService?.name;
}

/**
 * Who receives a request with `private_service_name`: Service Directory decides where the request goes, and the URL only what is asked
 * for there. A name that is written out beside a declared target's URL is another way to that target.
 */
export function receiversThrough(receivers: Receiver[], names: Values): Receiver[] {
    return names.length === 0
        ? receivers
        : receivers.flatMap((receiver) =>
              names.map((value): Receiver => {
                  const name = literalOf(value) ?? declaredIn(value);
                  if (name !== undefined && receiver.target !== undefined) {
                      return receiver;
                  }
                  const shown = partsOf(value).map(shownPart).join("");
                  const { scheme, beyondAudience } = receiver;
                  const through = { ...(scheme && { scheme }), beyondAudience, shown };
                  const origin = worst(originsOf(value));
                  return name === undefined
                      ? { ...through, kind: "unknown", origin, from: PRIVATE_NAME }
                      : { ...through, kind: "private", origin, host: name };
              }),
          );
}
