// `npm run test:floors` runs this: it tests the packed tarball on every Node and with all the peers that package.json
// names, from the lowest to the newest. It installs them from the npm registry into a temporary folder.
process.env.FLOORS = "all";
process.argv.splice(2, Infinity, "test/packed/packed.test.ts", "--grep", "on Node", ...process.argv.slice(2));
require("./check.cjs");
