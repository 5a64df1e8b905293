/** `cloudkms.googleapis.com`: key rings, keys that encrypt, and the keys with which other services encrypt what they keep. */
export { kms } from "./api";
export { versionName } from "./cryptography";
export { checkKeyUse } from "./key-use";
