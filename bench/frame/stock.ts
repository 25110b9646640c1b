// The command that the frame is measured with: one select, two inserts and one update, as a movement of stock is.
import { z } from 'zod'
import { commandsOn } from '../../src/kernel/command.ts'
import { command, id, problems, staffText } from '../../src/kernel/contract.ts'
import type { Module } from '../../src/kernel/module.ts'

export const stockTables = `
  create table app.bench_item (agency_id uuid, item_id uuid, name text not null, quantity integer not null,
    primary key (agency_id, item_id));
  create table app.bench_movement (agency_id uuid, movement_id uuid, item_id uuid not null, quantity integer not null,
    moved_at timestamptz not null, primary key (agency_id, movement_id));
  create table app.bench_line (agency_id uuid, line_id uuid, movement_id uuid not null, text text not null,
    primary key (agency_id, line_id));
  select sys.protect('bench_item', array['item_id']);
  select sys.protect('bench_movement', array['movement_id']);
  select sys.protect('bench_line', array['line_id']);`

interface StockTables {
  bench_item: { agency_id: string; item_id: string; name: string; quantity: number }
  bench_movement: {
    agency_id: string
    movement_id: string
    item_id: string
    quantity: number
    moved_at: string
  }
  bench_line: { agency_id: string; line_id: string; movement_id: string; text: string }
}

export const stockProblems = problems('bench', {
  noItem: { status: 404, zh: '无此物资。', en: 'No such item.', doZh: '请核对。', doEn: 'Check it.' },
})

export const move = command({
  name: 'bench.move',
  title: { zh: '出入库', en: 'Move stock' },
  roles: ['logistics'],
  input: z.strictObject({
    movementId: id(),
    itemId: id(),
    quantity: z.int().min(1).max(1_000),
    text: staffText(200),
  }),
  output: z.strictObject({ before: z.int() }),
})

const on = commandsOn<StockTables>()

export const stock: Module = {
  name: 'bench',
  title: { zh: '测速', en: 'Bench' },
  problems: [stockProblems],
  queries: [],
  commands: [
    on(move, {
      async handle(tx, { movementId, itemId, quantity, text }, meta) {
        const { agencyId } = meta.agency
        const item = await tx.db
          .selectFrom('bench_item')
          .select(['name', 'quantity'])
          .where('agency_id', '=', agencyId)
          .where('item_id', '=', itemId)
          .executeTakeFirst()
        if (!item) throw stockProblems.noItem()
        tx.write(
          tx.db.insertInto('bench_movement').values({
            agency_id: agencyId,
            movement_id: movementId,
            item_id: itemId,
            quantity,
            moved_at: meta.receivedAt,
          }),
        )
        tx.write(
          tx.db
            .insertInto('bench_line')
            .values({ agency_id: agencyId, line_id: meta.id('line'), movement_id: movementId, text }),
        )
        tx.write(
          tx.db
            .updateTable('bench_item')
            .set({ quantity: item.quantity + quantity })
            .where('agency_id', '=', agencyId)
            .where('item_id', '=', itemId),
          { rows: 1, otherwise: stockProblems.noItem() },
        )
        return { before: item.quantity }
      },
    }),
  ],
}

/** The same by hand, for the loops without a kernel. */
export const sql = {
  select: 'select "name", "quantity" from app.bench_item where "agency_id" = $1 and "item_id" = $2',
  movement: 'insert into app.bench_movement values ($1, $2, $3, $4, $5)',
  line: 'insert into app.bench_line values ($1, $2, $3, $4)',
  update: 'update app.bench_item set quantity = $1 where agency_id = $2 and item_id = $3',
}
