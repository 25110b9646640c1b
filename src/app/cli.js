#!/usr/bin/env node
// Plain JavaScript, because an old Node must still be able to read this far and say what is wrong.
const [major] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(
    `Fangxian needs Node 24; this is ${process.version}. Run it through npm (npm start, npx fangxian), which brings its own.\n` +
      `防线需要 Node 24,当前为 ${process.version}。请通过 npm start 或 npx fangxian 运行,npm 会自带所需版本。\n`,
  )
  process.exit(1)
}
await import('./cli.ts')
