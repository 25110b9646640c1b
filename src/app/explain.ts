// An error as the CLI says it: what happened and what to do, in both languages, without a stack.
import { Problem, problemAnswer } from '../kernel/contract.ts'

export function explain(error: unknown): string {
  if (error instanceof Problem) {
    const { code, message, do: todo } = problemAnswer(error)
    return `${message.en} ${todo.en}\n${message.zh}${todo.zh}\n(${code})`
  }
  // A name with several addresses fails with one error for all, without a text of its own.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(explain).join('\n')
  return (error as Error).message || String(error)
}
