// `npm start`: the word `start` of the command line.
process.argv.splice(2, 0, 'start')
await import('./cli.js')
