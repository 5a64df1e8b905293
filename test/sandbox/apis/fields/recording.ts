import { isObject, type Json } from "../../../../sandbox/apis";

/** Which fields of a request its handler read, as dotted paths. */
export class Reads {
    private readonly fields = new Set<string>();
    /** Messages whose fields were listed: who copies a message has all its fields. */
    private readonly whole = new Set<string>();

    /** Whether a field was read, by itself or with a message that it is in. */
    has(path: readonly string[]): boolean {
        return (
            this.fields.has(path.join(".")) ||
            path.some((_, depth) => this.whole.has(path.slice(0, depth).join("."))) ||
            this.whole.has(path.join("."))
        );
    }

    /** The request, which from now on tells what is read of it. */
    watch<Value>(value: Value, path: readonly string[] = []): Value {
        if (Array.isArray(value)) {
            return value.map((item: unknown) => this.watch(item, path)) as Value;
        }
        return isObject(value) ? (this.watchMessage(value, path) as Value) : value;
    }

    private watchMessage(message: Json, path: readonly string[]): Json {
        const read = (name: string | symbol): void => {
            this.fields.add([...path, String(name)].join("."));
        };
        return new Proxy(message, {
            get: (target, name) => {
                read(name);
                return typeof name === "string" ? this.watch(target[name], [...path, name]) : undefined;
            },
            has: (target, name) => {
                read(name);
                return name in target;
            },
            ownKeys: (target) => {
                this.whole.add(path.join("."));
                return Reflect.ownKeys(target);
            },
        });
    }
}
