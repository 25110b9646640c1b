import type { PostRules } from '../contracts.ts'

/** What is checked until a post's own rules have come: the limit that was in force everywhere. Version 0 says so. */
export const usualRules: PostRules = {
  version: 0,
  feverTenths: 373,
  asksCode: true,
  asksTemperature: true,
  asksDisinfection: true,
  exempt: '',
  turnBackWords: '',
  objectionWords: '',
}
