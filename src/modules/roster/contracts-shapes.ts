// Shapes that several of the roster's contracts share. Browser-safe.
import { z } from 'zod'
import { day, everyone } from '../../kernel/contract.ts'

/** Who drafts the roster: the command post. */
export const planners = ['administrator', 'commander', 'dutyOfficer', 'system'] as const
export const readers = [...everyone, 'system'] as const

/** Longest span that is solved, drafted or shown at once, in duty days. */
export const spanMost = 62
export const spanDays = { fromDay: day(), untilDay: day() }
export const count = (most: number) => z.int().min(0).max(most)
export const bandKey = () => z.string().min(1).max(20)
export const skillName = () => z.string().min(1).max(30)
