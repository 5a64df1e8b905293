import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../values";

/** The properties in a message. */
export function fromStruct(struct: Struct | undefined): Properties {
    return struct?.toJavaScript() ?? {};
}

/** A message with these properties. */
export function toStruct(properties: Properties): Struct {
    return Struct.fromJavaScript(properties);
}
