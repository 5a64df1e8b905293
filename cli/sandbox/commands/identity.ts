import type { Command } from "commander";
import { didYouMean } from "../../../common";
import { UserError } from "../../errors";
import { terminal } from "../../render";
import { running, type StateFlags, withState } from "./flags";

const screen = terminal(process.stdout);

/** The commands about groups and keys of a running sandbox. */
export function registerIdentity(sandbox: Command): void {
    withState(sandbox.command("groups [group] [members...]"))
        .description(
            "list groups and their members; with a group, set its members: `sandbox groups team@example.com user:ann@example.com group:ops@example.com`",
        )
        .option("--empty", "remove all members of the group")
        .action(
            async (
                group: string | undefined,
                members: string[],
                { empty = false, ...flags }: StateFlags & { empty?: boolean },
            ) => {
                const client = await running(flags);
                if (group !== undefined && (members.length > 0 || empty)) {
                    await client.call("POST", "/v1/groups", { group, members: empty ? [] : members });
                    return;
                }
                const groups = (await client.call("GET", "/v1/groups")).groups as {
                    group: string;
                    members: string[];
                }[];
                const asked = groups.filter((each) => group === undefined || each.group === group.toLowerCase());
                if (group !== undefined && asked.length === 0) {
                    const names = groups.map((each) => each.group);
                    throw new UserError(`there is no group ${group}${didYouMean(group, names)}`, {
                        fix: `name its members too; ${names.length === 0 ? "there is no group" : `there are ${names.join(", ")}`}`,
                    });
                }
                for (const found of asked) {
                    screen.write(`${found.group}: ${found.members.join(", ")}\n`);
                }
            },
        );
    withState(sandbox.command("rotate-keys"))
        .description("sign tokens with a new key; the old key stays published as long as its tokens are valid")
        .action(async (flags: StateFlags) => {
            const { keys } = await (await running(flags)).call("POST", "/v1/rotate-keys");
            screen.write(`published: ${(keys as string[]).join(", ")}\n`);
        });
}
