// Starts a server and prints the milliseconds until it answers: first-answer.mjs COMMAND ARGUMENTS…, to which a URL is added.
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

// No code by that name: what a redirect needs is all in use, its one read of storage too.
const answer = () => new Promise(resolve => {
  const socket = connect(port, "127.0.0.1", () => socket.write("GET /nobody-has-this HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
  socket.once("data", () => { socket.destroy(); resolve(true); });
  socket.once("error", () => resolve(false));
});
const answered = async () => {
  while (!await answer()) {
    await new Promise(resolve => setTimeout(resolve, 2));
  }
};

await Promise.race([answered(), ended]);
console.log((performance.now() - startedAt).toFixed(1));
server.kill("SIGTERM");
await new Promise(resolve => server.once("exit", resolve));
