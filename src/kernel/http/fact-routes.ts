// The hot road alone: `POST /api/facts` with `{facts}`. Answered as `/api/commands` answers a batch; what is no bulk fact
// is taken all the same.
import type { FastifyInstance } from 'fastify'
import type { BatchAnswer, Verdict } from '../contract.ts'
import { factsMost, type Kernel } from '../kernel.ts'
import { kernelProblems } from '../problem.ts'
import { applied } from './capability-routes.ts'

export function factRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.register(async road => {
    // The house's own reader looks through the text for names of prototypes, which costs as much as reading it. Here
    // an entry is either what its schema says, without any other name, or held as it is.
    road.removeContentTypeParser('application/json')
    road.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, JSON.parse(String(body)))
      } catch (error) {
        done(kernelProblems.badBody({ reason: (error as Error).message.slice(0, 100) }))
      }
    })
    road.post('/api/facts', async (request, reply) => {
      const { facts } = (request.body ?? {}) as { facts?: unknown }
      if (!Array.isArray(facts)) throw kernelProblems.badBody({ reason: 'facts: an array is expected' })
      if (facts.length > factsMost) throw kernelProblems.tooLarge({ limit: `${factsMost} facts` })
      const answer = await applied(kernel, request, reply, facts)
      return reply.type('application/json; charset=utf-8').send(answerText(answer))
    })
  })
}

/** Nearly every verdict says done and nothing else: written out, that takes a fifth of what JSON.stringify does. */
function answerText({ verdicts, ...standing }: { verdicts: Verdict[] } | BatchAnswer): string {
  const texts = verdicts.map(one =>
    one.verdict === 'done' && Object.keys(one.answer as object).length === 0
      ? `{"id":"${one.id}","verdict":"done","seq":${one.seq},"answer":{}}`
      : JSON.stringify(one),
  )
  const rest = JSON.stringify(standing).slice(1)
  return `{"verdicts":[${texts.join()}]${rest === '}' ? '' : ','}${rest}`
}
