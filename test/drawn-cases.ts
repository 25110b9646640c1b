import fc from 'fast-check'

/**
 * Drawn cases are the same on every run, so that what is red has been made red by a change. To hunt for new ones:
 * `FANGXIAN_DRAW=random npx vitest run FILE`, or a number; a failure prints the seed that draws it again.
 */
const draw = process.env['FANGXIAN_DRAW'] ?? '20211015'
if (draw !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(draw) })
