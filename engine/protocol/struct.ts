import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../values";

/** The properties that a message carries. */
export function fromStruct(struct: Struct | undefined): Properties {
    return struct?.toJavaScript() ?? {};
}

/** The message that carries these properties. */
export function toStruct(properties: Properties): Struct {
    return Struct.fromJavaScript(properties);
}
