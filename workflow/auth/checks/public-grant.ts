import { defined } from "../../../common";
import { argument, literalOf, type ResolvedCall, type Values } from "../flow";
import { type Receiver, serviceName } from "../receivers";

const everyone = new Set(["allUsers", "allAuthenticatedUsers"]);
const invoker =
    /^roles\/(run\.invoker|run\.servicesInvoker|cloudfunctions\.invoker|workflows\.invoker|iap\.httpsResourceAccessor)$/;

/** A step that lets everyone invoke something, and the name of what it opens, if that is written out. */
export interface PublicGrant {
    call: ResolvedCall;
    service?: string;
}

/** The calls whose arguments hold an IAM binding that lets everyone invoke something. */
export function publicGrants(calls: readonly ResolvedCall[]): PublicGrant[] {
    return calls
        .filter((call) => grantsEveryone(call.args))
        .map((call) => {
            const places = ["resource", "name", "url"].flatMap((name) => argument(call.args, name, Number.NaN));
            const written = places.map(
                (value) => /\/(?:services|functions)\/([\w-]+)/.exec(literalOf(value) ?? "")?.[1],
            );
            const [service] = written.filter((name) => name !== undefined);
            return { call, ...defined({ service }) };
        });
}

/** Whether a grant may let everyone invoke this receiver. */
export function mayOpen({ service }: PublicGrant, { kind, host = "*", audience = "" }: Receiver): boolean {
    return (
        (kind === "run" || kind === "function") &&
        (service === undefined ||
            host.includes("*") ||
            (kind === "run" ? serviceName(host) === service.toLowerCase() : audience.split("/")[3] === service))
    );
}

function grantsEveryone(values: Values): boolean {
    return values.some((value) => {
        if (value.kind === "list") {
            return [value.each, ...(value.items ?? [])].some(grantsEveryone);
        }
        if (value.kind !== "map") {
            return false;
        }
        const texts = (name: string): (string | undefined)[] => flat(value.fields.get(name) ?? []).map(literalOf);
        const members = [...texts("members"), ...texts("member")];
        return (
            (texts("role").some((role) => role !== undefined && invoker.test(role)) &&
                members.some((member) => member !== undefined && everyone.has(member))) ||
            [...value.fields.values(), value.rest].some(grantsEveryone)
        );
    });
}

function flat(values: Values): Values {
    return values.flatMap((value) => (value.kind === "list" ? [...value.each] : [value]));
}
