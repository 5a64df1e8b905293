import { arrows } from "./arrows.mjs";
import { cycles } from "./cycles.mjs";
import { doors, indexes } from "./doors.mjs";
import { files } from "./files.mjs";
import { fileNames } from "./file-names.mjs";
import { fixedWaits } from "./fixed-waits.mjs";

/** The rules of the house that no plugin has: ARCHITECTURE.md. */
export default {
    meta: { name: "house" },
    rules: { arrows, cycles, doors, "file-names": fileNames, files, "fixed-waits": fixedWaits, indexes },
};
