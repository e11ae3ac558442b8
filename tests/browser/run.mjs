// Makes an index of the sample corpus, has the program serve it, and runs the tests of this folder, or prints the figures of the page, against that server.
//
//     node run.mjs PROGRAM [--figures]

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const home = join(here, "..", "..");
const KEY = "a-key-for-the-tests-of-the-page";
const WAIT = 30_000;

const run = async (program, args, options) => {
  const [code] = await once(spawn(program, args, { stdio: "inherit", cwd: home, ...options }), "exit");
  return code ?? 1;
};

/** Starts the server at a port that is free; where it answers, it says itself. */
const serve = async (program, index) => {
  const server = spawn(program, ["-i", index, "serve", "--listen", "127.0.0.1:0"], {
    cwd: home, env: { ...process.env, DATELINE_API_KEY: KEY }, stdio: ["ignore", "ignore", "pipe"],
  });
  const address = await new Promise((found, failed) => {
    setTimeout(() => failed(new Error("the server does not say where it listens")), WAIT).unref();
    server.once("exit", (code) => failed(new Error(`the server ended (${code})`)));
    createInterface({ input: server.stderr }).on("line", (line) => {
      try {
        const said = JSON.parse(line);
        if (said.event === "listening") found(said.address);
        if (said.status >= 500) console.error(line);
      } catch {
        console.error(line);
      }
    });
  });
  return { server, address };
};

const [program, what] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "dateline-browser-"));
let server;
let code = 1;
try {
  const index = join(folder, "index");
  code = await run(program, ["-i", index, "index", "-q", "corpus/jsonl", "corpus/txt"]);
  if (code !== 0) throw new Error("the corpus is not indexed");
  let address;
  ({ server, address } = await serve(program, index));
  const env = { ...process.env, DATELINE_URL: address, DATELINE_API_KEY: KEY };
  const files = ["access", "article", "hostile", "key", "search"].map((name) => join(here, `${name}.test.mjs`));
  const args = what === "--figures" ? [join(here, "figures.mjs")] : ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files];
  code = await run(process.execPath, args, { env });
} finally {
  server?.removeAllListeners("exit");
  server?.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
}
process.exit(code);
