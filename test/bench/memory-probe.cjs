// Loaded into a process that is measured: what it holds after a collection of garbage, for whoever asks.
process.on("message", () => {
    globalThis.gc();
    process.send(process.memoryUsage());
});
// It ends when it would without the probe, and with whoever measures it.
process.channel.unref();
process.once("disconnect", () => process.exit(0));
