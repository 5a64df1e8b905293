import { StackError } from "../errors";
import type { ResourceState, StateFile } from "../state";
import { makeUrn, nameOf, typeOf } from "../values";
import type { Goal } from "./desired";
import type { ResourceProgress } from "./progress";
import type { AliasSpec } from "./resource-options";

/** The part of a run in which a resource gets its new name. */
interface RenamingRun {
    readonly options: {
        readonly stack: string;
        readonly project: string;
        readonly condemned: ResourceState[];
        readonly journal: Pick<StateFile, "set" | "forget">;
    };
    readonly resources: Map<string, ResourceState>;
    readonly resourceProgress: ResourceProgress;
}

/** The names that a run's resources had before, as the state knows them. */
export class Aliases {
    /** Former names, and whose they became. */
    private readonly claimed = new Map<string, string>();
    /** The former names of what this run has registered. */
    private readonly formerOf = new Map<string, string>();

    /**
     * Finds a resource's old state under its own name, or under the first alias that the state knows; from then on it is
     * under its own name. Throws, in Pulumi's words, where two resources claim the same one.
     */
    adopt(run: RenamingRun, goal: Goal, urn: string): ResourceState | undefined {
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
        for (const alias of this.of(goal, stack, project)) {
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
            return rename(run, old, urn);
        }
        return undefined;
    }

    /** The URNs that a resource may have had: its own aliases, and each under the former name of its parent. */
    private of(goal: Goal, stack: string, project: string): Set<string> {
        const urns = goal.aliases.map((alias) => this.urnOf(alias, goal, stack, project));
        const parent = this.formerOf.get(goal.parent);
        if (parent === undefined) {
            return new Set(urns);
        }
        const name = nameOf(goal.parent);
        // A child's name that begins with its parent's is taken to be made of it.
        const inherited = (type: string, child: string): string =>
            makeUrn(
                stack,
                project,
                parent,
                type,
                child.startsWith(name) ? nameOf(parent) + child.slice(name.length) : child,
            );
        return new Set([
            ...urns,
            inherited(goal.type, goal.name),
            ...urns.map((urn) => inherited(typeOf(urn), nameOf(urn))),
        ]);
    }

    private urnOf(alias: AliasSpec, goal: Goal, stack: string, project: string): string {
        if ("urn" in alias) {
            return alias.urn;
        }
        const given = alias.parentUrn ?? "";
        const parent = given === "" ? goal.parent : (this.formerOf.get(given) ?? given);
        return makeUrn(
            alias.stack || stack,
            alias.project || project,
            alias.noParent === true ? "" : parent,
            alias.type || goal.type,
            alias.name || goal.name,
        );
    }
}

function rename(run: RenamingRun, old: ResourceState, urn: string): ResourceState {
    const { options, resources } = run;
    const renamed = { ...old, urn };
    // The rename is written with the resource's next state; until then both names lead to it.
    options.journal.forget(old.urn);
    options.journal.set(renamed);
    resources.delete(old.urn);
    resources.set(urn, renamed);
    for (const other of [...resources.values(), ...options.condemned]) {
        renameDependency(other, old.urn, urn);
    }
    return renamed;
}

/** Everything that one resource says of another is said of its new name. */
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
    for (const [key, urns] of Object.entries(resource.propertyDependencies ?? {})) {
        if (resource.propertyDependencies !== undefined) {
            resource.propertyDependencies[key] = change(urns);
        }
    }
}
