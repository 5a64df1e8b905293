import { dirname, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { componentFolder, type Yaml } from "../project";
import { ProgramError } from "../errors";
import { packageOf } from "../values";
import { parseText, type Reference } from "./expression";
import { callIn } from "./functions";
import { lift } from "./lift";
import { isMap, type ProgramSpec, type ResourceSpec } from "./read";
import { resourceOptions } from "./resource-options";
import { isSet, setting, undeclaredSetting } from "./settings";
import { fullToken } from "./tokens";

/** One run of a program. Each variable and resource is evaluated once, when something asks for it. */
export class YamlProgram {
    private readonly values = new Map<string, unknown>();
    /** What is being evaluated now, to find cycles. */
    private readonly open = new Set<string>();
    /** The folders of packages that the project names. */
    private readonly folders = JSON.parse(process.env["PULUMI_YAML_PLUGINS"] ?? "{}") as Record<string, string>;
    /** The properties of each resource that the program reads: the SDK gives those outputs that it is asked for. */
    private readonly read = new Map<string, Set<string>>();

    constructor(private readonly program: ProgramSpec) {
        const { variables, resources, outputs } = program;
        this.collect(variables);
        this.collect(outputs);
        for (const { properties, options, get } of Object.values(resources)) {
            this.collect([properties, options, get?.id ?? null, get?.state ?? null]);
        }
    }

    /** Makes all resources. @returns the outputs of the stack */
    run(): Record<string, unknown> {
        const { resources, outputs, file } = this.program;
        for (const name of Object.keys(resources)) {
            this.valueOf(name, `${file}: resources`);
        }
        const found = Object.entries(outputs).map(([key, value]) => [
            key,
            this.evaluate(value, `${file}: outputs.${key}`),
        ]);
        return Object.fromEntries(found) as Record<string, unknown>;
    }

    private collect(value: Yaml | undefined): void {
        if (typeof value === "string") {
            for (const piece of parseText(value, this.program.file)) {
                if (typeof piece !== "string" && typeof piece.path[0] === "string") {
                    this.read.set(piece.name, (this.read.get(piece.name) ?? new Set()).add(piece.path[0]));
                }
            }
        } else if (typeof value === "object" && value !== null) {
            Object.values(value).forEach((each) => this.collect(each));
        }
    }

    private readonly evaluate = (value: Yaml, place: string): unknown => {
        if (typeof value === "string") {
            return this.text(value, place);
        }
        if (typeof value === "bigint") {
            return Number(value);
        }
        if (Array.isArray(value)) {
            return value.map((each, index) => this.evaluate(each, `${place}[${index}]`));
        }
        if (!isMap(value)) {
            return value;
        }
        const found = callIn(value, place);
        if (found !== undefined) {
            return found.call(found.given, this.evaluate, place);
        }
        return Object.fromEntries(
            Object.entries(value).map(([key, each]) => [key, this.evaluate(each, `${place}.${key}`)]),
        );
    };

    private text(value: string, place: string): unknown {
        const pieces = parseText(value, place).filter((piece) => piece !== "");
        const [only] = pieces;
        if (pieces.length === 1 && typeof only === "object") {
            return this.refer(only, place);
        }
        const parts = pieces.map((piece) => (typeof piece === "string" ? piece : this.refer(piece, place)));
        return parts.every((part) => typeof part === "string") ? parts.join("") : pulumi.concat(...(parts as never[]));
    }

    private refer({ name, path }: Reference, place: string): unknown {
        if (name === "pulumi") {
            return this.context(String(path[0]), place);
        }
        const value = this.valueOf(name, place);
        return path.length === 0
            ? value
            : pulumi.Resource.isInstance(value)
              ? this.output(value, name, path, place)
              : follow(value, path, place);
    }

    private output(
        resource: pulumi.Resource,
        name: string,
        [first, ...rest]: Reference["path"],
        place: string,
    ): unknown {
        const found = (resource as unknown as Record<string, unknown>)[String(first)];
        if (found === undefined) {
            throw new ProgramError(`${place}: ${name} has no property ${String(first)}`);
        }
        return follow(found, rest, place);
    }

    private context(key: string, place: string): string {
        const known: Record<string, () => string> = {
            cwd: () => process.cwd(),
            project: () => pulumi.getProject(),
            stack: () => pulumi.getStack(),
            organization: () => pulumi.getOrganization(),
            rootDirectory: () => dirname(resolve(this.program.file)),
        };
        return known[key]?.() ?? fail(`${place}: pulumi has no ${key}; it has ${Object.keys(known).join(", ")}`);
    }

    private valueOf(name: string, place: string): unknown {
        if (this.values.has(name)) {
            return this.values.get(name);
        }
        if (this.open.has(name)) {
            return fail(`${place}: ${[...this.open, name].join(" → ")} is a cycle`);
        }
        this.open.add(name);
        const value = this.make(name, place);
        this.open.delete(name);
        this.values.set(name, value);
        return value;
    }

    private make(name: string, place: string): unknown {
        const { resources, variables, config, file } = this.program;
        const resource = resources[name];
        if (resource !== undefined) {
            return this.resource(name, resource);
        }
        const variable = variables[name];
        if (variable !== undefined) {
            return this.evaluate(variable, `${file}: variables.${name}`);
        }
        const key = Object.keys(config).find((each) => each === name || each.endsWith(`:${name}`));
        if (key !== undefined) {
            return setting(key, config[key] ?? {});
        }
        // A program need not declare what the configuration of the stack sets.
        if (name.includes(":") || isSet(name)) {
            return undeclaredSetting(name);
        }
        return fail(`${place}: there is no resource, variable or configuration "${name}"`);
    }

    private resource(key: string, { type, name = key, properties, options, get }: ResourceSpec): pulumi.Resource {
        const place = `${this.program.file}: resources.${key}`;
        const pkg = type.startsWith("pulumi:") ? "pulumi" : packageOf(type);
        const isRemote = componentFolder(pkg, process.cwd(), this.folders) !== undefined;
        const token = fullToken(type, isRemote);
        const props = this.evaluate(properties, `${place}.properties`) as Record<string, unknown>;
        const opts = this.options(options, pkg, `${place}.options`);
        const unset = Object.fromEntries([...(this.read.get(key) ?? [])].map((each) => [each, undefined]));
        const { id: _, urn: __, ...outputs } = unset;
        if (isRemote) {
            return new Component(token, name, { ...outputs, ...props }, opts);
        }
        if (type.startsWith("pulumi:providers:")) {
            return new Provider(type.slice("pulumi:providers:".length), name, props, opts);
        }
        if (get !== undefined) {
            const state = this.evaluate(get.state, `${place}.get.state`) as Record<string, unknown>;
            const id = this.evaluate(get.id, `${place}.get.id`) as pulumi.Input<string>;
            return new Custom(token, name, { ...outputs, ...state }, { ...opts, id });
        }
        return new Custom(token, name, { ...outputs, ...props }, opts);
    }

    private options(given: Record<string, Yaml>, pkg: string, place: string): pulumi.CustomResourceOptions {
        const options = resourceOptions(given, this.evaluate, place);
        const standard = this.standardProvider(pkg, place);
        return {
            ...(standard !== undefined && options.provider === undefined && { provider: standard }),
            ...options,
        };
    }

    /** The provider of the program that is the default one for the resources of a package. */
    private standardProvider(pkg: string, place: string): pulumi.ProviderResource | undefined {
        const [key] =
            Object.entries(this.program.resources).find(
                ([, { type, isDefaultProvider }]) => isDefaultProvider && type === `pulumi:providers:${pkg}`,
            ) ?? [];
        return key === undefined ? undefined : (this.valueOf(key, place) as pulumi.ProviderResource);
    }
}

/** A resource of any type. */
class Custom extends pulumi.CustomResource {}
class Provider extends pulumi.ProviderResource {}

/** A component of another package. */
class Component extends pulumi.ComponentResource {
    constructor(token: string, name: string, props: Record<string, unknown>, opts: pulumi.CustomResourceOptions) {
        super(token, name, props, opts, true);
    }
}

function follow(value: unknown, path: Reference["path"], place: string): unknown {
    if (path.length === 0) {
        return value;
    }
    return lift(value).apply((known) =>
        path.reduce<unknown>((inner, key) => {
            if (inner === null || typeof inner !== "object") {
                return fail(`${place}: there is no ${String(key)} in ${JSON.stringify(inner)}`);
            }
            return (inner as Record<string | number, unknown>)[key];
        }, known),
    );
}

function fail(message: string): never {
    throw new ProgramError(message);
}
