// Progress on standard error: one line rewritten in a terminal, plain lines elsewhere.
const clear = '\r\u001b[2K'

export function progressLine(): (line: string) => void {
  const terminal = process.stderr.isTTY
  let last = ''
  return line => {
    if (line === last) return
    last = line
    if (terminal) process.stderr.write(`${clear}${line}`)
    else if (line) process.stderr.write(`${line}\n`)
  }
}

/** A line that stays. */
export function noticeLine(line: string): void {
  process.stderr.write(`${process.stderr.isTTY ? clear : ''}${line}\n`)
}
