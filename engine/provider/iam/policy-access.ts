import { setTimeout as sleep } from "node:timers/promises";

import { defined } from "../../../common";
import { asText, type Properties, type Value } from "../../values";
import { CloudError, type Http } from "../http";
import { fillPath } from "../inputs";
import { type Binding, bindingsOf } from "./bindings";
import { COLON, type IamTarget } from "./targets";

/** Reads and writes the IAM policies of one kind of resource. */
export class PolicyAccess {
    constructor(
        private readonly target: IamTarget,
        private readonly http: Http,
    ) {}

    /** The path of the resource, which may be named by its whole path or by the last part of it. */
    path(filled: Properties): string {
        const { parent, path, pathOf } = this.target;
        if (pathOf !== undefined) {
            return pathOf(filled);
        }
        const named = parent === undefined ? undefined : filled[parent];
        if (parent === undefined || typeof named !== "string" || path === `{${parent}}`) {
            return fillPath(path, filled);
        }
        // A whole path also names the project and the location, which may differ from those of the stack.
        const isWhole = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`).test(named);
        return isWhole ? named : fillPath(path, { ...filled, [parent]: named.slice(named.lastIndexOf("/") + 1) });
    }

    /** The resource with its API: several types may change the policy of one resource, by several versions of its API. */
    resource(filled: Properties): string {
        return `${new URL(this.target.base).host}/${this.path(filled)}`;
    }

    /** The beginning of the ids of grants on the resource. */
    idPrefix(filled: Properties): string {
        const { idPrefix } = this.target;
        return idPrefix === undefined ? this.path(filled) : fillPath(idPrefix, filled);
    }

    /** The input that names the resource, as an output: the whole path. */
    named(filled: Properties): Properties {
        const { parent } = this.target;
        return parent === undefined ? {} : { [parent]: this.path(filled) };
    }

    async read(path: string): Promise<Properties> {
        const { base, get, methods = COLON } = this.target;
        const url = `${base}${path}${methods.get}${get.endsWith("?") ? "?options.requestedPolicyVersion=3" : ""}`;
        return await this.http.call(
            get.startsWith("GET") ? "GET" : "POST",
            url,
            get === "POST{}" ? { options: { requestedPolicyVersion: 3 } } : undefined,
        );
    }

    /** The policy, or `undefined` if the resource does not exist. */
    async find(path: string): Promise<Properties | undefined> {
        return await this.read(path).catch((error: unknown) => {
            if (error instanceof CloudError && error.httpStatus === 404) {
                return undefined;
            }
            throw error;
        });
    }

    /**
     * Reads the policy, changes its bindings, and writes it back; again if somebody else has changed it meanwhile.
     *
     * @param doing - what is done, for the message of an error
     */
    async change(doing: string, filled: Properties, edit: (bindings: Binding[]) => Binding[]): Promise<Properties> {
        const path = this.path(filled);
        try {
            return await this.readModifyWrite(path, edit);
        } catch (error) {
            if (!(error instanceof CloudError)) {
                throw error;
            }
            throw new CloudError(error.httpStatus, error.status, `${doing} on ${path}: ${error.message}`);
        }
    }

    /** Changes the policy as {@link change} does, to take something away. The resource may be gone, and its policy with it. */
    async takeAway(doing: string, filled: Properties, edit: (bindings: Binding[]) => Binding[]): Promise<void> {
        try {
            await this.change(doing, filled, edit);
        } catch (error) {
            if (!(error instanceof CloudError && error.httpStatus === 404)) {
                throw error;
            }
        }
    }

    private async readModifyWrite(path: string, edit: (bindings: Binding[]) => Binding[]): Promise<Properties> {
        const { base, set = "POST", methods = COLON, updateMask } = this.target;
        for (let wait = 10; ; wait *= 2) {
            const policy = await this.read(path);
            const bindings = edit(bindingsOf(policy)) as unknown as Value;
            const changed = { ...policy, bindings, version: 3 };
            const body = set === "PUT" ? changed : { policy: changed, ...defined({ updateMask }) };
            try {
                return await this.http.call(set, `${base}${path}${methods.set}`, body);
            } catch (error) {
                // Somebody else has changed the policy since it was read.
                if (!(error instanceof CloudError && error.httpStatus === 409) || wait > 10_000) {
                    throw error;
                }
                await sleep(wait * (0.5 + Math.random()));
            }
        }
    }
}

/** A role and who gets it, for the message of an error. */
export function granted(doing: string, filled: Properties): string {
    const { member, members } = filled;
    const who = Array.isArray(members) ? members.map(asText).join(", ") : asText(member);
    return `${doing} ${asText(filled["role"])} to ${who === "" ? "nobody" : who}`;
}
