// Starts a server and prints the milliseconds until its first response: first-response.mjs COMMAND ARGUMENTS…, followed by a URL.
import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";

const free = createServer().listen(0, "127.0.0.1");
await new Promise(resolve => free.once("listening", resolve));
const { port } = free.address();
await new Promise(resolve => free.close(resolve));

const [command, ...args] = process.argv.slice(2);
const startedAt = performance.now();
const server = spawn(command, [...args, `http://127.0.0.1:${port}`], { stdio: "ignore" });
const ended = new Promise((_, reject) => server.once("exit", code => reject(new Error(`The server ended with ${code}.`))));
ended.catch(() => { });

// An unknown code uses all parts of a redirect, including a read of storage.
const tryRequest = () => new Promise(resolve => {
  const socket = connect(port, "127.0.0.1", () => socket.write("GET /unknown-code HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
  socket.once("data", () => { socket.destroy(); resolve(true); });
  socket.once("error", () => resolve(false));
});
const responded = async () => {
  while (!await tryRequest()) {
    await new Promise(resolve => setTimeout(resolve, 2));
  }
};

await Promise.race([responded(), ended]);
console.log((performance.now() - startedAt).toFixed(1));
server.kill("SIGTERM");
await new Promise(resolve => server.once("exit", resolve));
