import { StackError } from "../errors";
import { dependenciesOf, type ResourceState, type StateFile } from "../state";
import { makeUrn, nameOf, typeOf } from "../values";
import type { DesiredState } from "./desired-state";
import type { ResourceProgress } from "./progress";
import type { AliasSpec } from "./resource-options";

/** The parts of a run that are needed to give a resource another name. */
interface RenamingRun {
    readonly options: {
        readonly stack: string;
        readonly project: string;
        readonly pendingDeletes: ResourceState[];
        readonly journal: Pick<StateFile, "set" | "forget">;
    };
    readonly resources: Map<string, ResourceState>;
    readonly resourceProgress: ResourceProgress;
}

/** The names that the resources of a run had before. */
export class Aliases {
    /** Former URNs, and the URNs of the resources that took over from them. */
    private readonly claimed = new Map<string, string>();
    /** The former URNs of the resources that this run has registered. */
    private readonly formerOf = new Map<string, string>();
    /** The resources that name another one, by its former URN. It is made for the first resource that is renamed. */
    private dependents: Map<string, ResourceState[]> | undefined;

    /**
     * Finds the old state of a resource by its URN, or by the first alias that the state knows. In the latter case, the
     * old state is renamed. Throws, with Pulumi's message, if two resources claim the same old state.
     */
    adopt(run: RenamingRun, desired: DesiredState, urn: string): ResourceState | undefined {
        const { resources, resourceProgress } = run;
        const claimant = this.claimed.get(urn);
        if (claimant !== undefined) {
            throw new StackError(
                `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimant}'`,
            );
        }
        const own = resources.get(urn);
        if (own !== undefined) {
            return own;
        }
        const { stack, project } = run.options;
        for (const alias of this.formerUrns(desired, stack, project)) {
            const conflicting =
                this.claimed.get(alias) ?? (resourceProgress.isRegistered(alias) && alias !== urn ? urn : undefined);
            if (conflicting !== undefined && (resources.has(alias) || this.claimed.has(alias))) {
                throw new StackError(
                    `Duplicate resource alias '${alias}' applied to resource with URN '${urn}' conflicting with resource with URN '${conflicting}'`,
                );
            }
            const old = resources.get(alias);
            if (old === undefined) {
                continue;
            }
            this.claimed.set(alias, urn);
            this.formerOf.set(urn, alias);
            this.rename(run, old, urn);
            return old;
        }
        return undefined;
    }

    /** The URNs that a resource may have had: by its aliases, and by each of them below its parent's former name. */
    private formerUrns(desired: DesiredState, stack: string, project: string): Set<string> {
        const urns = desired.aliases.map((alias) => this.urnOf(alias, desired, stack, project));
        const parent = this.formerOf.get(desired.parent);
        if (parent === undefined) {
            return new Set(urns);
        }
        const name = nameOf(desired.parent);
        // If the name of a child begins with that of its parent, Pulumi takes it to be made from that name.
        const withInheritedOptions = (type: string, child: string): string =>
            makeUrn(
                stack,
                project,
                parent,
                type,
                child.startsWith(name) ? nameOf(parent) + child.slice(name.length) : child,
            );
        return new Set([
            ...urns,
            withInheritedOptions(desired.type, desired.name),
            ...urns.map((urn) => withInheritedOptions(typeOf(urn), nameOf(urn))),
        ]);
    }

    private urnOf(alias: AliasSpec, desired: DesiredState, stack: string, project: string): string {
        if ("urn" in alias) {
            return alias.urn;
        }
        const given = alias.parentUrn ?? "";
        const parent = given === "" ? desired.parent : (this.formerOf.get(given) ?? given);
        return makeUrn(
            alias.stack || stack,
            alias.project || project,
            alias.noParent === true ? "" : parent,
            alias.type || desired.type,
            alias.name || desired.name,
        );
    }

    /**
     * Gives a resource another URN, here and in all resources that name it. Every object stays the one that it was, so that
     * what refers to it need not be looked for again.
     */
    private rename({ options, resources }: RenamingRun, old: ResourceState, urn: string): void {
        this.dependents ??= byDependency(resources.values());
        const former = old.urn;
        old.urn = urn;
        // The journal has both entries before anything else is done to the resource.
        options.journal.forget(former);
        options.journal.set(old);
        resources.delete(former);
        resources.set(urn, old);
        for (const other of [...(this.dependents.get(former) ?? []), ...options.pendingDeletes]) {
            renameDependency(other, former, urn);
        }
    }
}

/** The resources by the URNs that they name. */
function byDependency(resources: Iterable<ResourceState>): Map<string, ResourceState[]> {
    const found = new Map<string, ResourceState[]>();
    for (const resource of resources) {
        for (const urn of new Set([...dependenciesOf(resource), ...(resource.replaceWith ?? [])])) {
            const known = found.get(urn);
            if (known === undefined) {
                found.set(urn, [resource]);
            } else {
                known.push(resource);
            }
        }
    }
    return found;
}

/** Changes every reference of a resource to another one from the old URN to the new one. */
function renameDependency(resource: ResourceState, from: string, to: string): void {
    const change = (urns: string[]): string[] => urns.map((urn) => (urn === from ? to : urn));
    if (resource.parent === from) {
        resource.parent = to;
    }
    if (resource.deletedWith === from) {
        resource.deletedWith = to;
    }
    if (resource.provider?.startsWith(`${from}::`) === true) {
        resource.provider = `${to}::${resource.provider.slice(from.length + 2)}`;
    }
    if (resource.dependencies !== undefined) {
        resource.dependencies = change(resource.dependencies);
    }
    if (resource.replaceWith !== undefined) {
        resource.replaceWith = change(resource.replaceWith);
    }
    if (resource.propertyDependencies !== undefined) {
        const changed = Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, change(urns)]);
        resource.propertyDependencies = Object.fromEntries(changed) as Record<string, string[]>;
    }
}
