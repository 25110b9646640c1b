import { SheetProblem } from './problems.ts'

/** 32,767 characters, the most Excel allows in a cell, take eight bytes each when all are written &#x4E00; */
const textBytesMax = 32_767 * 8

/** A cell with inline text has six tags, one with a number four; rows, columns and styles are few beside. */
const tagsPerCell = 6
const tagsBeside = 1_000_000

/** A roster of 15,000 rows merged in fours over four columns has a tenth of it. */
export const mergesMax = 100_000

interface Count {
  tags: number
  cells: number
  merges: number
  /** Cells that hold a formula and no result: written by a program, never opened in Excel. */
  uncalculated: number
  /** Longest run of bytes without a tag. */
  longestText: number
}

/** One pass over the bytes; a tenth of a second for 100 MB. */
function countTags(xml: Uint8Array): Count {
  const count: Count = { tags: 0, cells: 0, merges: 0, uncalculated: 0, longestText: 0 }
  let last = 0
  for (let at = 0; at < xml.length; at++) {
    if (xml[at] !== 60) continue
    count.tags += 1
    if (at - last > count.longestText) count.longestText = at - last
    const before = last
    last = at
    // `<mergeCell `
    if (xml[at + 1] === 109 && xml[at + 6] === 67 && xml[at + 10] === 32) count.merges += 1
    // `</c>` or, with a prefix, `</x:c>`: a blank formatted cell closes itself and does not count.
    if (xml[at + 1] !== 47) continue
    if (xml[at + 2] === 99 && xml[at + 3] === 62) {
      count.cells += 1
      // `</f></c>` or `<f …/></c>`: no `<v>` between.
      if (xml[before + 1] === 102 || (xml[before + 1] === 47 && xml[before + 2] === 102))
        count.uncalculated += 1
    } else if (prefixedCell(xml, at + 2)) count.cells += 1
  }
  count.longestText = Math.max(count.longestText, xml.length - last)
  return count
}

function prefixedCell(xml: Uint8Array, from: number): boolean {
  for (let at = from; at < from + 12; at++)
    if (xml[at] === 58) return xml[at + 1] === 99 && xml[at + 2] === 62
    else if (xml[at] === 62) return false
  return false
}

/**
 * Counts tags and filled cells and looks for the closing tag before parsing. A count is a clear answer,
 * running out of memory is not; and a sheet cut in the middle would otherwise read as a shorter sheet.
 */
export function checkXmlParts(parts: Map<string, Uint8Array>, maxCells: number): { uncalculated: number } {
  let tags = 0
  let cells = 0
  let uncalculated = 0
  for (const [name, content] of parts) {
    if (!/\.xml$/i.test(name)) continue
    if (/worksheets\/[^/]+\.xml$/i.test(name)) {
      const tail = new TextDecoder('latin1').decode(content.subarray(Math.max(0, content.length - 400)))
      if (!/<\/(?:\w+:)?worksheet\s*>/.test(tail)) throw new SheetProblem('sheets/damaged', { detail: name })
    }
    const count = countTags(content)
    tags += count.tags
    cells += count.cells
    uncalculated += count.uncalculated
    if (cells > maxCells || tags > tagsPerCell * maxCells + tagsBeside)
      throw new SheetProblem('sheets/too-many-cells', { limit: maxCells })
    if (count.merges > mergesMax) throw new SheetProblem('sheets/too-many-merges', {}, { sheet: name })
    if (count.longestText > textBytesMax)
      throw new SheetProblem('sheets/text-too-long', { size: count.longestText, limit: 32_767 })
  }
  return { uncalculated }
}
