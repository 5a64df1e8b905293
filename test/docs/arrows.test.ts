import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, linted } from "../project/linted";
import { root } from "../project/sources";

const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
/** The folders that every other folder may import, and that import none: the table's head names them. */
const bottom = [...(/may import, beside ([^|]*)\|/.exec(page)?.[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name);
/** The table of ARCHITECTURE.md: what each folder may import. */
const arrows = new Map(
    [...page.matchAll(/^\| `(\w+)\/`.*\|([^|]*)\|$/gm)].map(([, folder = "", imports = ""]): [string, string] => [
        folder,
        imports,
    ]),
);
/** The rooms of the engine, in the order of the page. */
const rooms = [...(/^- \*\*`engine\/`\*\*: (.*)$/m.exec(page)?.[1] ?? "").matchAll(/`(\w+)\/`/g)].map(
    ([, room = ""]) => room,
);
const folders = [...arrows.keys()].filter((folder) => !["examples", "test"].includes(folder));

/** A file that imports only files of its own folder. */
const inside = "sandbox/apis/planted.ts";

describe("the arrows between folders", () => {
    let found: Map<string, Finding[]>;
    before(() => {
        const pairs = folders.flatMap((from) => folders.filter((to) => to !== from).map((to) => [from, to] as const));
        const planted = pairs.flatMap(([from, to]): [string, string][] => [
            [`${from}/to-${to}.ts`, `import "../${to}";\n`],
            [`${from}/deep/to-${to}.ts`, `export * from "../../${to}/file";\n`],
        ]);
        const betweenRooms = rooms.flatMap((from) =>
            rooms.map((to): [string, string] => [`engine/${from}/to-room-${to}.ts`, `import "../${to}";\n`]),
        );
        // All at once, because each run of lint takes a second.
        found = linted({
            ...Object.fromEntries([...planted, ...betweenRooms]),
            [inside]: `import "../iam";\nimport "../cloud";\n`,
        });
    });
    const arrowsIn = (file: string): string[] =>
        (found.get(file) ?? [])
            .filter(({ rule }) => rule === "house/arrows")
            .map(({ severity, message }) => `${severity} ${message}`);

    for (const from of folders) {
        it(`let ${from}/ import what the architecture says, and fail any other`, () => {
            for (const to of folders.filter((folder) => folder !== from)) {
                const common = bottom.includes(to) && !bottom.includes(from);
                const allowed = common || (arrows.get(from)?.includes(`\`${to}\``) ?? false);
                const top = arrowsIn(`${from}/to-${to}.ts`);
                const deep = arrowsIn(`${from}/deep/to-${to}.ts`);
                const expected = allowed ? 0 : 1;
                assert.deepEqual([top.length, deep.length], [expected, expected], `${from} → ${to}: ${top.join()}`);
                if (!allowed) {
                    assert.match(top.join(), new RegExp(`^error .*${from}/ may import .*ARCHITECTURE\\.md`));
                }
            }
        });
    }

    it("let a room of the engine import the rooms that the architecture names after it, and fail those before it", () => {
        assert.ok(rooms.length > 5, rooms.join());
        for (const [at, from] of rooms.entries()) {
            for (const [other, to] of rooms.entries()) {
                const reported = arrowsIn(`engine/${from}/to-room-${to}.ts`);
                assert.equal(reported.length, other < at ? 1 : 0, `${from} → ${to}: ${reported.join()}`);
            }
        }
    });

    it("leave a folder's own files alone, however deep", () => {
        assert.deepEqual(arrowsIn(inside), []);
    });
});
