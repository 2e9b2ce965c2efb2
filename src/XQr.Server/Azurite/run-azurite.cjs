// Runs Azurite for as long as the program that started it: `node run-azurite.cjs path/to/azurite.js options`.
// The end of that program, whatever its reason, ends our standard input, and nothing else ends Azurite. Ctrl+C and the signals of
// service managers go to all processes of a group, and while the server still finishes its requests it needs its storage.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const once = process.once;
process.once = (event, listener) => (signals.includes(event) ? process : once.call(process, event, listener));
for (const signal of signals) process.on(signal, () => {});

// Nobody reads what we write once that program is gone, and that must not keep Azurite from saving.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

process.stdin.resume().on('end', () => {
  // Azurite's own word to stop, which saves all data. Where it doesn't listen yet, there is nothing to save.
  if (!process.emit('message', 'shutdown')) process.exit();
  setTimeout(() => process.exit(1), 10_000).unref();
});

// Open until the very end, when all is saved: who wants to take over the data waits until nobody listens here.
const life = require('node:net').createServer((socket) => socket.destroy());
life.listen(0, '127.0.0.1', () => console.log(`Azurite Life service is successfully listening at http://127.0.0.1:${life.address().port}`)).unref();

process.argv.splice(1, 1);
require(process.argv[1]);
