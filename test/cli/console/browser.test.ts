import assert from "node:assert/strict";
import { Browser, findChromium } from "../../support/chromium";
import { skip } from "../../support/skip";
import { keepStack, serviceWithCaller } from "../graph/stacks";
import { createWorld, type World } from "./world";

describe("the console in a browser, by keyboard alone", function () {
    this.timeout(120_000);
    let world: World;
    let browser: Browser;
    const ends: (() => Promise<void>)[] = [];
    before(async function () {
        const file = findChromium();
        if (file === undefined) {
            skip(this, "this machine has no Chromium");
        }
        world = await createWorld();
        ends.push(() => world.close());
        browser = await Browser.start(file);
        ends.push(() => browser[Symbol.asyncDispose]());
        await world.execute();
        await browser.show(1400, 900, "light");
        await browser.open(world.console.link);
        await browser.until(/Who may call whom/);
    });
    after(async () => {
        for (const end of ends.reverse()) {
            await end();
        }
    });

    it("finds why a call was refused, and mends it", async () => {
        await browser.press("2");
        await browser.until(/only denied/);
        await browser.tabTo(/only denied/);
        await browser.press(" ");
        await browser.tabTo(/denied[\s\S]*fulfil[\s\S]*run\.routes\.invoke/);
        await browser.press("Enter");
        await browser.until(/Missing: roles\/run\.invoker for fulfil on orders/);
        await browser.tabTo(/Grant it in this sandbox/);
        await browser.press("Enter");
        await browser.until(/Granted\./);
        assert.equal(await world.execute(), "SUCCEEDED");
    });

    it("makes grants late, and moves the clock until one has arrived", async () => {
        await browser.press("5");
        await browser.until(/Late grants/);
        await browser.tabTo(/Seconds until a new grant arrives/);
        await browser.type("120");
        await browser.press("Enter");
        await browser.until(/From now on a grant takes 120 s/);
        await browser.press("Escape");
        await browser.tabTo(/^Set$/);
        await browser.press("2");
        await browser.tabTo(/denied[\s\S]*fulfil/);
        await browser.press("Enter");
        // It was granted in the test before: taking it away is late too, so the workflow may still call.
        const member = "serviceAccount:fulfil@demo.iam.gserviceaccount.com";
        const policy = world.sandbox.cloud.iam.getPolicy(ORDERS);
        world.sandbox.cloud.iam.setPolicy(ORDERS, { ...policy, bindings: [] });
        assert.equal(await world.execute(), "SUCCEEDED", member);
        await browser.press("5");
        await browser.until(/the policy of orders in \d+ s/);
        await browser.tabTo(/\+ 5 minutes/);
        await browser.press("Enter");
        await browser.until(/The clock moved forward by 5 minutes[\s\S]*No grant is on its way/);
        assert.equal(await world.execute(), "FAILED");
    });

    it("reads an execution: its steps, the claims of its token and the answer", async () => {
        await browser.press("3");
        await browser.until(/Executions/);
        await browser.tabTo(/fulfil[\s\S]*succeeded/);
        await browser.press("Enter");
        await browser.until(/Steps/);
        await browser.tabTo(/main\.reserve/);
        await browser.press("Enter");
        const text = await browser.until(/claim email/);
        assert.match(text, /ID token/);
        assert.match(text, /reserved/);
        assert.match(text, /fulfil@demo\.iam\.gserviceaccount\.com/);
    });

    it("shows the stack that was deployed last, another one or all, and keeps the choice in the address", async () => {
        for (const stack of ["prod", "dev"]) {
            const kept = { directory: world.state, project: "shop", stack };
            keepStack(world.state, {
                ...kept,
                ...serviceWithCaller("shop", stack, `orders-${stack}`, `fulfil-${stack}`),
            });
        }
        await browser.press("1");
        await browser.until(/^(?![^]*fulfil-prod →)[^]*fulfil-dev → orders-dev/);
        await browser.tabTo(/^stack/);
        await browser.press("ArrowDown");
        await browser.until(/^(?![^]*fulfil-dev →)[^]*fulfil-prod → orders-prod/);
        assert.equal(await browser.evaluate("location.hash"), "#/calls?stack=shop%2Fprod");
        // Another view and a page that is loaded again change nothing.
        await browser.press("Tab");
        await browser.press("2");
        await browser.until(/only denied/);
        await browser.press("1");
        await browser.until(/fulfil-prod → orders-prod/);
        await browser.send("Page.reload");
        await browser.until(/^(?![^]*fulfil-dev →)[^]*fulfil-prod → orders-prod/);
        await browser.tabTo(/^stack/);
        await browser.press("ArrowDown");
        await browser.until(/fulfil-(dev|prod) → [^]*fulfil-(dev|prod) → /);
        assert.equal(await browser.evaluate("location.hash"), "#/calls?stack=all");
    });

    it("says that a stack of the address is not deployed, and lets another one be chosen", async () => {
        await browser.evaluate("void (location.hash = '#/calls?stack=shop/gone')");
        await browser.until(/no stack shop\/gone is deployed: choose another one/);
        await browser.tabTo(/^stack/);
        await browser.press("ArrowUp");
        await browser.until(/fulfil-(dev|prod) → [^]*fulfil-(dev|prod) → /);
        await browser.evaluate("void (location.hash = '#/calls')");
        await browser.until(/^(?![^]*fulfil-prod →)[^]*fulfil-dev → orders-dev/);
    });

    it("opens each view at 360 px without a bar to scroll sideways, in light and dark", async () => {
        for (const scheme of ["light", "dark"] as const) {
            await browser.show(360, 740, scheme);
            for (const key of ["1", "2", "3", "4", "5"]) {
                await browser.press(key);
                const [page, window] = await browser.evaluate<[number, number]>(
                    "[document.documentElement.scrollWidth, innerWidth]",
                );
                assert.ok(page <= window, `view ${key} is ${page} px wide`);
            }
        }
    });

    it("is loaded again without the code, which is gone from the address", async () => {
        assert.doesNotMatch(
            await browser.evaluate<string>("location.href"),
            new RegExp(new URL(world.console.link).hash),
        );
        await browser.send("Page.reload");
        await browser.until(/gcp-invoke\n*demo/);
    });

    it("asks this machine only, and breaks no policy of its own", () => {
        assert.ok(browser.requests.length > 3);
        const elsewhere = browser.requests.filter((url) => !url.startsWith(new URL(world.console.link).origin));
        assert.deepEqual(elsewhere, []);
        assert.deepEqual(browser.problems, []);
    });

    it("says so where an image or a script of another place would be loaded", async () => {
        await browser.evaluate("void new Image().setAttribute('src', 'http://127.0.0.2:9/x.png')");
        await browser.evaluate(
            "document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.2:9/y.png' }))",
        );
        while (browser.problems.length === 0) {
            await browser.text();
        }
        assert.match(browser.problems.join("\n"), /Content Security Policy/);
        assert.equal(await browser.evaluate("document.cookie"), "", "no script reads the cookie");
    });
});

const ORDERS = "//run.googleapis.com/projects/demo/locations/europe-west1/services/orders";
