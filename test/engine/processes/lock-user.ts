import { appendFileSync, mkdirSync, rmdirSync } from "node:fs";
import { acquireLock } from "../../../engine/processes/lock";

/**
 * Takes and gives back a lock many times, as a process of its own: `lock path`, `rounds`. While it holds the lock it
 * makes the folder `path.held`, which two cannot make at once. Where a third argument is given, it takes the lock once,
 * says so and keeps it.
 */
const [path = "", rounds = "1", keep] = process.argv.slice(2);

async function use(): Promise<void> {
    for (let round = 0; round < Number(rounds); round++) {
        const attempt = await acquireLock(path);
        if (!("release" in attempt)) {
            appendFileSync(`${path}.log`, "refused\n");
            continue;
        }
        try {
            mkdirSync(`${path}.held`);
        } catch {
            appendFileSync(`${path}.log`, "two\n");
        }
        if (keep !== undefined) {
            console.log("held");
            setInterval(() => undefined, 1000);
            return;
        }
        await new Promise((done) => setTimeout(done, Math.random() * 3));
        rmdirSync(`${path}.held`);
        appendFileSync(`${path}.log`, "held\n");
        attempt.release();
    }
}

void use();
