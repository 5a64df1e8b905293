import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frozenCopy } from "../../sandbox/journal";
import { readState } from "../../sandbox/light";
import { createStore } from "../../sandbox/store";

describe("the sandbox's store", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "store-"))));
    afterEach(() => rmSync(folder, { recursive: true }));

    it("lists by prefix in the order of names", () => {
        const store = createStore();
        store.put("run.services", "projects/p/b", { n: 2 });
        store.put("run.services", "projects/p/a", { n: 1 });
        store.put("run.services", "projects/q/c", { n: 3 });
        assert.deepEqual(store.list("run.services", "projects/p/"), [
            ["projects/p/a", { n: 1 }],
            ["projects/p/b", { n: 2 }],
        ]);
        assert.deepEqual(store.list("nothing"), []);
    });

    it("keeps a copy: neither who wrote it nor who reads it can change it by accident", () => {
        const store = createStore();
        const value = { labels: { a: "b" } };
        store.put("c", "n", value);
        value.labels.a = "changed";
        const read = store.get("c", "n") as typeof value;
        assert.deepEqual(read, { labels: { a: "b" } });
        assert.throws(() => (read.labels.a = "changed"), TypeError);
    });

    it("survives a restart, in a file that only its owner reads", () => {
        const file = join(folder, "deep", "state.json");
        const first = createStore({ file });
        first.put("c", "kept", { n: 1 });
        first.put("c", "gone", { n: 2 });
        assert.equal(first.delete("c", "gone"), true);
        assert.equal(first.delete("c", "gone"), false);
        first.close();
        assert.equal(statSync(file).mode & 0o777, 0o600);
        assert.deepEqual(createStore({ file }).list("c"), [["kept", { n: 1 }]]);
    });

    it("writes by itself soon after a change", async () => {
        const file = join(folder, "state.json");
        const store = createStore({ file });
        store.put("c", "n", 1);
        const deadline = Date.now() + 100_000;
        while (Date.now() < deadline && createStore({ file }).get("c", "n") !== 1) {
            await new Promise((r) => setTimeout(r, 10));
        }
        assert.equal(createStore({ file }).get("c", "n"), 1);
        store.close();
    });

    it("keeps what a killed process appended, and not what it was cut off at", () => {
        const file = join(folder, "state.json");
        const first = createStore({ file });
        first.put("c", "a", 1);
        first.close();
        const lines = ['["c","a",2]', '["c","b",{"n":3}]', '["c","gone",4]', '["c","gone"]', '["c","cut'];
        writeFileSync(`${file}.journal`, lines.join("\n"));
        assert.deepEqual(readState(file), { c: { a: 2, b: { n: 3 } } });
        const second = createStore({ file });
        assert.deepEqual(second.list("c"), [
            ["a", 2],
            ["b", { n: 3 }],
        ]);
        second.put("c", "d", 5);
        second.close();
        assert.equal(existsSync(`${file}.journal`), false);
        assert.deepEqual(readState(file), { c: { a: 2, b: { n: 3 }, d: 5 } });
    });

    it("appends to the journal after its first change, and starts no line where one was cut off", async () => {
        const file = join(folder, "state.json");
        const journal = `${file}.journal`;
        const until = async (holds: () => boolean): Promise<void> => {
            const deadline = Date.now() + 100_000;
            while (Date.now() < deadline && !holds()) {
                await new Promise((r) => setTimeout(r, 5));
            }
            assert.ok(holds());
        };
        const first = createStore({ file });
        first.put("c", "a", 1);
        await until(() => existsSync(file));
        first.put("c", "b", 2);
        await until(() => existsSync(journal));
        assert.equal(readFileSync(journal, "utf8"), '["c","b",2]\n');
        writeFileSync(journal, '["c","b",2]\n["c","cut');
        const second = createStore({ file });
        second.put("c", "e", 3);
        second.commit(0);
        assert.equal(readFileSync(journal, "utf8"), '["c","b",2]\n["c","e",3]\n');
        assert.deepEqual(readState(file), { c: { a: 1, b: 2, e: 3 } });
        second.close();
        first.close();
    });

    it("has written what was changed when it is told to, and not before it was changed", () => {
        const file = join(folder, "state.json");
        const store = createStore({ file });
        for (let n = 0; n < 20; n++) {
            const { revision } = store;
            store.put("c", `n${n}`, n);
            assert.notEqual(store.revision, revision);
            store.commit(revision);
            assert.equal(readState(file)["c"]?.[`n${n}`], n);
        }
        store.close();
    });

    it("fails whoever changed something while it cannot write, and nobody else, and writes it all when it can again", () => {
        const file = join(folder, "state.json");
        const said: string[] = [];
        const store = createStore({ file, warn: (message) => said.push(message) });
        store.put("c", "a", 1);
        store.commit(0);
        // A journal that cannot be opened, as by a process that has no more files to open.
        mkdirSync(`${file}.journal`);
        for (const name of ["b", "c"]) {
            const { revision } = store;
            store.put("c", name, 1);
            assert.throws(() => store.commit(revision), /cannot write its state to .*state\.json: .*; make room/);
            store.commit(store.revision);
        }
        rmSync(`${file}.journal`, { recursive: true });
        store.commit(store.revision);
        assert.deepEqual(readState(file), { c: { a: 1, b: 1, c: 1 } });
        assert.equal(said.length, 2);
        assert.match(said[1] ?? "", /again; nothing was lost/);
        store.close();
    });

    it("refuses a state of a newer version, and a damaged one, by the file's name", () => {
        const file = join(folder, "state.json");
        writeFileSync(file, JSON.stringify({ format: 2, collections: {} }));
        assert.throws(() => createStore({ file }), /state\.json: the state has format 2, this version reads format 1/);
        writeFileSync(file, readFileSync(file, "utf8").slice(0, 5));
        assert.throws(() => createStore({ file }), /state\.json is damaged: it is no JSON; replace it by a backup/);
        writeFileSync(file, "null");
        assert.throws(() => createStore({ file }), /state\.json is damaged: it is no state of a sandbox/);
    });

    it("refuses a journal that is damaged before its end, by the line, and writes over nothing", () => {
        const file = join(folder, "state.json");
        const lines = '["c","a",1]\n["c","b"\n["c","c",3]\n';
        for (const damaged of [lines, lines.replace('["c","b"', "null"), lines.replace('["c","b"', "[1]")]) {
            writeFileSync(`${file}.journal`, damaged);
            assert.throws(
                () => createStore({ file }),
                /state\.json\.journal:2: the journal .* is damaged; repair or delete/,
            );
            assert.equal(readFileSync(`${file}.journal`, "utf8"), damaged);
            assert.equal(existsSync(file), false);
        }
    });

    it("keeps copies of every kind of value that nobody can change", () => {
        const kept = { list: [1, { deep: "x" }], nothing: null, missing: undefined, when: new Date(0) };
        const proto = JSON.parse('{"__proto__": {"a": 1}}') as object;
        const copy = frozenCopy({ ...kept, proto });
        assert.deepEqual(copy, structuredClone({ ...kept, proto }));
        assert.deepEqual(Object.keys(copy.proto), ["__proto__"]);
        kept.list.push(2);
        assert.equal(copy.list.length, 2);
        assert.throws(() => copy.list.push(3), TypeError);
        assert.throws(() => Object.assign(copy.list[1] as object, { deep: "y" }), TypeError);
        assert.throws(() => frozenCopy({ run: () => 1 }), /could not be cloned/);
    });
});
