import { StateError, UnsupportedError } from "../errors";
import { asText, isKind, isObject, KINDS, SIGNATURE, type Value } from "../values";
import { FEATURES, mapResource, VERSIONS } from "./format";
import { Crypter } from "./secrets";
import { dependenciesOf, type PendingOperation, type ResourceState, type Snapshot } from "./state";

/** The stack into which an exported state is imported. */
export interface ImportTarget {
    project: string;
    stack: string;
    /** Whether the engine knows a resource type. */
    knows: (type: string) => boolean;
    /** Decrypts the secrets of states that were exported from this folder. */
    crypter: Crypter;
    /** Decrypts the secrets of states that the Pulumi CLI exported. */
    passphrase: string | undefined;
}

/**
 * Reads a state that `pulumi stack export` wrote, with secrets that are encrypted by passphrase or in the clear. Throws,
 * and says what to do, if it is not an exported state, has an unknown format or feature, belongs to another stack, is
 * not complete, or has resource types that the engine does not know or secrets that cannot be read.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/deployments.json
 */
export async function readExported(exported: unknown, target: ImportTarget): Promise<Snapshot> {
    const deployment = deploymentOf(exported);
    const resources = list(deployment["resources"], "resources").map(parseResource);
    const pending = list(deployment["pending_operations"], "pending_operations").map((entry, at) => {
        const { resource, type } = isObject(entry) ? entry : {};
        return { resource: parseResource(resource, at), type } as unknown as PendingOperation;
    });
    const all = [...resources, ...pending.map(({ resource }) => resource)];
    refuseOtherStacks(all, target);
    refuseUnknownTypes(all, target);
    refuseIncomplete(resources);
    const open = await secretReader(all, deployment["secrets_providers"], target);
    const opened = resources.map(open);
    return {
        resources: new Map(opened.filter((each) => each.delete !== true).map((each) => [each.urn, each])),
        pendingDeletes: opened.filter((each) => each.delete === true),
        pending: pending.map((each) => ({ ...each, resource: open(each.resource) })),
    };
}

function deploymentOf(exported: unknown): Record<string, unknown> {
    const { version, deployment, features, format } = isObject(exported) ? exported : {};
    if (format !== undefined) {
        throw new StateError("this is the state of a whole sandbox", {
            fix: "import it with `gcp-invoke sandbox import FILE`",
        });
    }
    if (typeof version !== "number" || !isObject(deployment)) {
        throw new StateError("this is not the state of a stack: it has no version and deployment", {
            fix: "give what `pulumi stack export` or `gcp-invoke sandbox state` wrote",
        });
    }
    if (!VERSIONS.includes(version)) {
        const remedy =
            version > Math.max(...VERSIONS)
                ? "install a newer version of this package"
                : "export it again with a newer Pulumi CLI";
        throw new StateError(
            `the state is of version ${version} of Pulumi's format, and this package reads versions ${VERSIONS.join(" and ")}`,
            { fix: remedy },
        );
    }
    const unknown = list(features, "features").filter((name) => !Object.keys(FEATURES).includes(asText(name)));
    if (unknown.length > 0) {
        throw new UnsupportedError(
            `the state needs ${unknown.map(asText).join(", ")}, which the sandbox's engine does not support`,
            { fix: "take that out of the stack with the Pulumi CLI and export it again" },
        );
    }
    return deployment;
}

function list(value: unknown, name: string): Value[] {
    if (value === undefined || value === null) {
        return [];
    }
    if (Array.isArray(value)) {
        return value as Value[];
    }
    throw new StateError(`the state's ${name} is not a list`, { fix: "give what `pulumi stack export` wrote" });
}

function parseResource(entry: unknown, at: number): ResourceState {
    const { urn, type, custom = false, inputs = {}, outputs = {}, ...others } = isObject(entry) ? entry : {};
    if (typeof urn !== "string" || !/^urn:pulumi:[^:]+::[^:]+::.+::/.test(urn)) {
        throw new StateError(
            `resource ${at + 1} of the state has the urn ${JSON.stringify(urn ?? null)}, which is no URN`,
        );
    }
    if (typeof type !== "string") {
        throw new StateError(`resource ${urn} of the state has no type`);
    }
    return { urn, custom, type, inputs, outputs, ...others } as unknown as ResourceState;
}

/** Refuses the state of another stack: the program would find none of its resources, and would create all of them again. */
function refuseOtherStacks(resources: ResourceState[], { project, stack }: ImportTarget): void {
    const names = resources.map(({ urn }) => urn.slice("urn:pulumi:".length).split("::", 2) as [string, string]);
    const other = names.find((name) => name[0] !== stack || name[1] !== project);
    if (other === undefined) {
        return;
    }
    throw new StateError(
        `the state is that of stack "${other[0]}" of project "${other[1]}", and this is stack "${stack}" of project "${project}"`,
        {
            fix:
                other[1] === project
                    ? `import it with --stack ${other[0]}`
                    : "name the directory of its project, or rename the stack with `pulumi stack rename` before you export it",
        },
    );
}

function refuseUnknownTypes(resources: ResourceState[], { knows }: ImportTarget): void {
    const types = new Set(resources.filter(({ custom, type }) => custom && !knows(type)).map(({ type }) => type));
    if (types.size > 0) {
        throw new UnsupportedError(
            `the sandbox's engine does not support resource type ${[...types].join(", ")}, of which the state has resources`,
            { fix: "use the Pulumi CLI for this stack" },
        );
    }
}

function refuseIncomplete(resources: ResourceState[]): void {
    const known = new Set<string>();
    for (const { urn, delete: pendingDeletes } of resources) {
        if (pendingDeletes === true) {
            continue;
        }
        if (known.has(urn)) {
            throw new StateError(`the state has two resources ${urn}`, {
                fix: "take one of them out, and every reference to it",
            });
        }
        known.add(urn);
    }
    const all = new Set(resources.map(({ urn }) => urn));
    for (const resource of resources) {
        const missing = dependenciesOf(resource).find((urn) => !all.has(urn));
        if (missing !== undefined) {
            throw new StateError(
                `resource ${resource.urn} of the state needs ${missing}, which the state does not have`,
                { fix: "repair it with `pulumi state repair` and export it again" },
            );
        }
    }
}

/** Returns a function that decrypts the secrets of a resource. A passphrase is needed only if one is encrypted. */
async function secretReader(
    resources: ResourceState[],
    providers: unknown,
    target: ImportTarget,
): Promise<(resource: ResourceState) => ResourceState> {
    let crypter: Crypter | undefined;
    const open = (value: Value): Value | undefined => {
        if (!isKind(value, "secret")) {
            return undefined;
        }
        const { plaintext, ciphertext } = value;
        if (typeof plaintext !== "string" && crypter === undefined) {
            return undefined;
        }
        const text = typeof plaintext === "string" ? plaintext : (crypter?.decrypt(asText(ciphertext)) ?? "null");
        return { [SIGNATURE]: KINDS.secret, value: JSON.parse(text) as Value };
    };
    const encrypted = resources.some((resource) => JSON.stringify(resource).includes(`"ciphertext"`));
    if (encrypted) {
        crypter = await crypterOf(providers, target);
    }
    return (resource) => {
        try {
            return mapResource(resource, open);
        } catch (error) {
            throw new StateError(
                `a secret of ${resource.urn} cannot be read: it was not made with the passphrase of this state`,
                { fix: "export it with --show-secrets", cause: error },
            );
        }
    };
}

async function crypterOf(providers: unknown, { crypter, passphrase }: ImportTarget): Promise<Crypter> {
    const { type = "none", state } = isObject(providers) ? providers : {};
    const salt = isObject(state) ? state["salt"] : undefined;
    if (type !== "passphrase" || typeof salt !== "string") {
        throw new StateError(
            `the state's secrets are encrypted by the provider ${JSON.stringify(type)}, only those by passphrase can be read here`,
            { fix: "export it with `pulumi stack export --show-secrets`" },
        );
    }
    if (salt === crypter.salt) {
        return crypter;
    }
    if (passphrase === undefined) {
        throw new StateError("the state has encrypted secrets", {
            fix: "set PULUMI_CONFIG_PASSPHRASE to the stack's passphrase, or export it with `pulumi stack export --show-secrets`",
        });
    }
    return await Crypter.open(passphrase, salt);
}
