import type { Json, Method } from "../../cloud";

/** Gives a method's request its type. */
export function method<Request extends Json>(definition: Method<Request>): Method {
    return definition;
}
