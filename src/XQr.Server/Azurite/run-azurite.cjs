// Runs Azurite until the parent process ends: `node run-azurite.cjs path/to/azurite.js options`.
// The end of the parent closes the standard input, and only this stops Azurite. Ctrl+C and the signals of service managers reach all
// processes of a group, but the server requires its storage until it has completed its requests.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const once = process.once;
process.once = (event, listener) => (signals.includes(event) ? process : once.call(process, event, listener));
for (const signal of signals) process.on(signal, () => {});

// Output cannot be written after the parent has ended. The error must not prevent Azurite from saving its data.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

process.stdin.resume().on('end', () => {
  // This message makes Azurite save all data and stop. If it does not listen yet, there is nothing to save.
  if (!process.emit('message', 'shutdown')) process.exit();
  setTimeout(() => process.exit(1), 10_000).unref();
});

// The socket stays open until all data is saved. The next process that uses the data waits until it is closed.
const liveness = require('node:net').createServer((socket) => socket.destroy());
const announce = () => console.log(`Azurite Liveness service is successfully listening at http://127.0.0.1:${liveness.address().port}`);
liveness.listen(0, '127.0.0.1', announce).unref();

process.argv.splice(1, 1);
require('./partition-queries.cjs')(process.argv[1]);
require(process.argv[1]);
