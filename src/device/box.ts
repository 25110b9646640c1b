export async function sealBox(_k: string, _f: string, _t: string): Promise<string> {
  return 'box:1:a:b'
}
