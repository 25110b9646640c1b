// `npm run prepare`, which `npm ci` runs: the word `build` of the command line.
process.argv.splice(2, 0, 'build')
await import('./cli.js')
