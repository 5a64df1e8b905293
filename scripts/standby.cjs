// In the checkout, a process that waits for a program begins here: Node itself may refuse a main file in TypeScript.
require("../engine/processes/standby.ts");
