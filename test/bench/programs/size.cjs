const { writeFileSync } = require("node:fs");

exports.location = "europe-west1";
exports.targets = Array.from({ length: 10 }, (_, index) => `t${index}`);
exports.callers = Array.from({ length: 100 }, (_, index) => `caller${index}`);

/** A workflow that calls each target. */
exports.source = (auth) =>
    `main:\n  steps:\n${exports.targets
        .map((key) => {
            const url = `\${sys.get_env("${key.toUpperCase()}_URL")}`;
            const written = auth ? `          auth:\n            type: OIDC\n            audience: ${url}\n` : "";
            return `    - call_${key}:\n        call: http.get\n        args:\n          url: ${url}\n${written}`;
        })
        .join("")}    - done:\n        return: done\n`;

// What the process took, for the bench.
process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(
        process.env.BENCH_USAGE,
        JSON.stringify({ kilobytes: maxRSS, microseconds: userCPUTime + systemCPUTime }),
    );
});
