import { queries as demand } from './demand-queries.ts'
import { queries as posts } from './post-queries.ts'
import { queries as zones } from './zone-queries.ts'

export const queries = [...zones, ...posts, ...demand]
