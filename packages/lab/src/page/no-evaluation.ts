// Imported before everything that makes a schema: zod would try whether code can be evaluated, which the page's policy
// forbids and reports.
import { config } from 'zod'

config({ jitless: true })
