import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import fc from "fast-check";
import { editDistance } from "../../common";
import { UserError } from "../../cli/errors";
import { commandWords } from "../../cli/global-options";
import { buildProgram } from "../../cli/program";
import { command } from "../support/command";

/** Each command that does something, by the names with which a command line begins. */
function endsOf(parent: Command, path: string[] = []): { path: string[]; command: Command }[] {
    return parent.commands.flatMap((each) => {
        const name = [...path, each.name()];
        return each.commands.length === 0 ? [{ path: name, command: each }] : endsOf(each, name);
    });
}

/** What a command would get, and the folder where it would run. */
async function parsed(path: string[], args: string[]): Promise<{ quiet: unknown; folder: string }> {
    const program = buildProgram();
    const found = endsOf(program).find((each) => each.path.join() === path.join()) ?? assert.fail(path.join(" "));
    let got: { quiet: unknown; folder: string } | undefined;
    found.command.action(() => {
        got = { quiet: found.command.opts()["quiet"], folder: process.cwd() };
    });
    const before = process.cwd();
    try {
        await program.parseAsync(args, { from: "user" });
    } finally {
        process.chdir(before);
    }
    return got ?? assert.fail(`${args.join(" ")} ran nothing`);
}

/** All ways to write options among the names of a command, one place for each. */
const placed = (path: string[], options: string[]): string[][] =>
    [...path, ""].map((_, at) => [...path.slice(0, at), ...options, ...path.slice(at)]);

/** Arguments that a command accepts, as far as parsing goes. */
function argumentsOf({ registeredArguments, options }: Command): string[] {
    const values = registeredArguments
        .filter(({ required }) => required)
        .map(
            ({ argChoices, _name }: { argChoices?: string[]; _name?: string }) =>
                argChoices?.[0] ?? (_name === "time" ? "1s" : "x"),
        );
    const needed = options.filter(({ mandatory }) => mandatory).flatMap(({ long }) => [long ?? "", "x"]);
    return [...values, ...needed];
}

describe("the options of all commands", () => {
    const ends = endsOf(buildProgram());
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "gcp-invoke-global-")));
    after(() => rmSync(folder, { recursive: true }));

    for (const { path, command: each } of ends) {
        const name = path.join(" ");
        const takesQuiet = each.options.some(({ long }) => long === "--quiet");

        it(`stand before, between and after the names: -C of ${name}`, async () => {
            for (const args of placed(path, ["-C", folder])) {
                assert.equal((await parsed(path, [...args, ...argumentsOf(each)])).folder, folder, args.join(" "));
            }
            assert.equal((await parsed(path, [...path, ...argumentsOf(each)])).folder, process.cwd());
        });

        it(`are ${takesQuiet ? "taken" : "refused by name"}: --quiet of ${name}`, async () => {
            for (const flag of ["-q", "--quiet"]) {
                for (const args of placed(path, [flag])) {
                    const run = parsed(path, [...args, ...argumentsOf(each)]);
                    if (takesQuiet) {
                        assert.equal((await run).quiet, true, args.join(" "));
                    } else {
                        await assert.rejects(run, { exitCode: 2, message: /--quiet|'-q'/ }, args.join(" "));
                    }
                }
            }
            if (takesQuiet) {
                assert.equal((await parsed(path, [...path, ...argumentsOf(each)])).quiet, undefined);
            }
        });
    }

    it("do not hide which file has the command", () => {
        assert.deepEqual(commandWords(["-q", "-C", "sandbox", "sandbox", "--quiet", "up", "."]), [
            "sandbox",
            "up",
            ".",
        ]);
        assert.deepEqual(commandWords(["-Csandbox", "audit", "x"]), ["audit", "x"]);
    });

    it("make a command print nothing if nothing is wrong, and all if something is", async () => {
        const call = (auth: string): string =>
            `- get:\n    call: http.get\n    args:\n      url: https://run.googleapis.com/v2/projects/p/locations/l/services\n${auth}    result: r\n`;
        writeFileSync(join(folder, "good.yaml"), call("      auth: {type: OAuth2}\n"));
        writeFileSync(join(folder, "bad.yaml"), call(""));
        const loud = await command(folder, ["-C", folder, "audit", "good.yaml"]);
        assert.equal(loud.code, 0, loud.text);
        assert.notEqual(loud.text, "");
        assert.deepEqual(await command(folder, ["-C", folder, "--quiet", "audit", "good.yaml"]), { code: 0, text: "" });
        const bad = await command(folder, ["-C", folder, "--quiet", "audit", "bad.yaml"]);
        assert.equal(bad.code, 1);
        assert.deepEqual(bad, await command(folder, ["-C", folder, "audit", "bad.yaml"]));
    });
});

/** What a command line that asks for help prints, and the code with which it ends. */
async function helpOf(args: string[]): Promise<{ text: string; code: unknown }> {
    const exit = process.exit.bind(process);
    const write = process.stdout.write.bind(process.stdout);
    let text = "";
    let code: unknown;
    const ended = new Error("the process ends");
    process.exit = (given) => {
        code = given;
        throw ended;
    };
    process.stdout.write = (more: string | Uint8Array) => {
        text += String(more);
        return true;
    };
    try {
        await buildProgram(...commandWords(args)).parseAsync(args, { from: "user" });
    } catch (error) {
        if (error !== ended) {
            throw error;
        }
    } finally {
        process.exit = exit;
        process.stdout.write = write;
    }
    return { text, code };
}

describe("the help", () => {
    it("is the same by help and by --help, for a command at any depth", async () => {
        const paths = endsOf(buildProgram()).flatMap(({ path }) =>
            path.map((_, at) => path.slice(0, at)).concat([path]),
        );
        for (const path of new Map(paths.map((each) => [each.join(" "), each])).values()) {
            const { text, code } = await helpOf([...path, "--help"]);
            assert.equal(code, 0);
            assert.ok(text.startsWith(`Usage: ${["gcp-invoke", ...path].join(" ")} `), text);
            for (const at of path.keys()) {
                assert.deepEqual(await helpOf(path.toSpliced(at, 0, "help")), { text, code });
            }
        }
    });

    it("is that of the group for a group's own help, and with an argument it is that of the command", async () => {
        const { text } = await helpOf(["sandbox", "--help"]);
        for (const args of [
            ["sandbox", "help"],
            ["help", "sandbox", "help"],
            ["sandbox", "help", "help"],
        ]) {
            assert.deepEqual(await helpOf(args), { text, code: 0 });
        }
        const logs = await helpOf(["sandbox", "logs", "--help"]);
        assert.deepEqual(await helpOf(["sandbox", "logs", "orders", "--help"]), logs);
        assert.deepEqual(await helpOf(["sandbox", "logs", "help", "--help"]), logs);
    });
});

describe("a command line with a mistake", () => {
    async function mistake(args: string[]): Promise<string> {
        return helpOf(args).then(
            () => assert.fail(`${args.join(" ")} is taken`),
            (error: unknown) => {
                assert.ok(error instanceof UserError);
                assert.equal(error.exitCode, 2, error.message);
                return error.message;
            },
        );
    }
    const groups: [path: string[], names: string[]][] = [
        [
            [],
            buildProgram()
                .commands.filter((each) => each.name() !== "start")
                .map((each) => each.name()),
        ],
        [["sandbox"], buildProgram("sandbox").commands.flatMap(({ commands }) => commands.map((each) => each.name()))],
        [
            ["sandbox", "config"],
            ["list", "get", "set", "rm"],
        ],
    ];

    it("gets a suggestion only if a command is similar", async () => {
        for (const [path, names] of groups) {
            await fc.assert(
                fc.asyncProperty(fc.stringMatching(/^[a-z]{2,12}$/), async (word) => {
                    fc.pre(![...names, "help", "start"].includes(word));
                    const said = await mistake([...path, word]);
                    assert.ok(said.includes(`unknown command '${word}'`), said);
                    assert.equal(await mistake([...path, word, "--help"]), said);
                    assert.equal(await mistake([...path, "help", word]), said);
                    assert.equal(await mistake(["help", ...path, word]), said);
                    const suggested = /did you mean "(.*)"\?/.exec(said)?.[1];
                    if (suggested !== undefined) {
                        assert.ok(editDistance(word, suggested) <= Math.max(1, (word.length + 1) / 3) + 0.5, said);
                    }
                }),
                { numRuns: 40 },
            );
            assert.doesNotMatch(await mistake([...path, "nope"]), /did you mean/);
        }
    });

    it("gets the command that two letters in the wrong order, a missing or a doubled one meant", async () => {
        for (const [path, names] of groups) {
            for (const name of names.filter(({ length }) => length > 3)) {
                const wrongs = [name.slice(0, -1), `${name}${name.at(-1)}`, `${name[1]}${name[0]}${name.slice(2)}`];
                for (const wrong of wrongs.filter((each) => !names.includes(each) && each !== name)) {
                    assert.match(await mistake([...path, wrong]), /did you mean "\w/, wrong);
                }
            }
        }
        assert.match(await mistake(["sandbox", "statsu"]), /did you mean "status"\?/);
        assert.match(await mistake(["sandbox", "config", "gte"]), /did you mean "get"\?/);
    });

    const wrong: [args: string[], says: RegExp][] = [
        [
            ["sandbox", "up", "--nope"],
            /^unknown option '--nope' of gcp-invoke sandbox up; see gcp-invoke sandbox up --help$/,
        ],
        [["sandbox", "up", "--quite"], /did you mean "--quiet"\?/],
        [["sandbox", "--stack", "dev", "up"], /as in gcp-invoke sandbox COMMAND --stack$/],
        [["sandbox", "status", "now"], /^gcp-invoke sandbox status takes no argument, and it got 'now'/],
        [["sandbox", "up", "a", "b", "c"], /^gcp-invoke sandbox up takes one argument, and it got 'a' 'b' 'c'/],
        [["sandbox", "clock"], /missing required argument 'time'; see gcp-invoke sandbox clock --help$/],
        [["completion", "csh"], /bash, zsh, fish, powershell; see gcp-invoke completion --help$/],
        [["-C"], /'-C <directory>' argument missing/],
        [["-C", "/no/such/folder", "audit", "x"], /^there is no folder \/no\/such\/folder; name the folder after -C$/],
    ];
    for (const [args, says] of wrong) {
        it(`says what to write instead: ${args.join(" ")}`, async () => {
            assert.match(await mistake(args), says);
        });
    }
});
