import { ProviderError } from "../../errors";
import { type Properties, UNKNOWN } from "../../values";
import { withoutNotes } from "../check";
import { checkInputs, diffInputs } from "../inputs";
import { type ResourceSchema, schemaOfWords } from "../schema";
import { planned } from "../transcode";
import type { Provider } from "../types";

/** A resource that needs no cloud: it is computed when it is created, and the state keeps it. */
export interface LocalType {
    /** The words of the properties, as in the tables of `@pulumi/gcp`: type, then `!` required, `^` replaces, `+` computed. */
    inputs: Record<string, string>;
    outputs: Record<string, string>;
    defaults?: Properties;
    create(inputs: Properties): { id: string; outputs: Properties } | Promise<{ id: string; outputs: Properties }>;
    /** The outputs after a change that forces no replacement. @default - as a new resource with these inputs */
    update?(inputs: Properties, outputs: Properties): Properties;
    /** The resource that an import names. @default - it cannot be imported */
    import?(id: string): { id: string; inputs: Properties; outputs: Properties };
}

/** A package whose resources and functions are computed here. */
export interface LocalPackage {
    name: string;
    types: Record<string, LocalType>;
    functions: Record<string, (args: Properties) => Properties | Promise<Properties>>;
}

/** The provider of a package that needs no cloud. It answers if no plugin of the package is installed. */
export function localProvider({ name, types, functions }: LocalPackage): Provider {
    const schemas = new Map<string, ResourceSchema>();
    const typeOf = (token: string): { type: LocalType; schema: ResourceSchema } => {
        const type = types[token];
        if (type === undefined) {
            throw new ProviderError(`no resource type ${token}`);
        }
        const schema = schemas.get(token) ?? schemaOfWords(token, type);
        schemas.set(token, schema);
        return { type, schema };
    };
    const clean = (inputs: Properties): Properties => withoutNotes(inputs) as Properties;
    return {
        knows: (token) => token in types || token in functions,
        check: (subject, olds, news) => {
            const { type, schema } = typeOf(subject.type);
            return checkInputs(subject, olds, news, schema, type);
        },
        diff: (subject, old, news) =>
            Promise.resolve(diffInputs(old.inputs, news, typeOf(subject.type).schema, undefined)),
        create: async (subject, noted, preview) => {
            const { type, schema } = typeOf(subject.type);
            const inputs = clean(noted);
            if (preview) {
                return { outputs: { ...planned(inputs, schema), id: UNKNOWN } };
            }
            const { id, outputs } = await type.create(inputs);
            return { id, outputs: { ...planned(inputs, schema), ...outputs, id } };
        },
        update: async (subject, old, noted) => {
            const { type, schema } = typeOf(subject.type);
            const inputs = clean(noted);
            const outputs = type.update?.(inputs, old.outputs) ?? (await type.create(inputs)).outputs;
            return { ...planned(inputs, schema, old), ...outputs, id: old.id };
        },
        read: (subject, id, known) => {
            if (known !== undefined && Object.keys(known.outputs).length > 0) {
                return Promise.resolve({ id, ...known });
            }
            const { type, schema } = typeOf(subject.type);
            const found = type.import?.(id);
            if (found === undefined) {
                throw new ProviderError(`${subject.type} cannot be imported or read`, { fix: "create it" });
            }
            const outputs = { ...planned(found.inputs, schema), ...found.outputs, id: found.id };
            return Promise.resolve({ ...found, outputs });
        },
        delete: () => Promise.resolve(),
        invoke: async (token, args) => {
            const call = functions[token];
            if (call === undefined) {
                throw new ProviderError(`no function ${token} of ${name}`);
            }
            return await call(args);
        },
    };
}
